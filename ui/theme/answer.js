// Draws an answer: paragraphs with citation chips, notices, and a card for each document it cites.
const SHOWN = 3; // passages of a document that are shown before "展开"
const HELD = 2000; // milliseconds for which a new answer's question is kept in view while the page settles

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const cite = (number) => () => setTriggerValue("cite", number);
  const chip = (number) => {
    const button = make("button", "chip", String(number));
    button.setAttribute("aria-label", `查看第 ${number} 条依据的原文`);
    button.onclick = cite(number);
    return button;
  };
  const rows = [];

  const text = make("div", data.status === "not_found" ? "none" : "text");
  for (const parts of data.paragraphs) {
    const line = make("p", "para");
    let held = null; // what a chip must not be parted from: the end of the sentence it backs
    for (const part of parts) {
      if ("cite" in part) {
        held ??= line.appendChild(make("span", "held"));
        held.append(chip(part.cite));
      } else {
        const letters = [...part.text];
        held = make("span", "held", letters.pop());
        line.append(letters.join(""), held);
      }
    }
    text.append(line);
  }
  rows.push(text);

  for (const notice of data.notices) rows.push(make("div", "notice", `提示：${notice}`));

  const card = (tag, { title, facts }) => {
    const box = make(tag, "source");
    box.append(make("div", "title", title));
    if (facts) box.append(make("div", "dim"));
    // A fact moves to the next line as a whole, its dot with the one before.
    facts.split(" · ").forEach((fact, index, all) => {
      if (fact) box.lastChild.append(make("span", "fact", index < all.length - 1 ? `${fact} ·` : fact), " ");
    });
    return box;
  };
  if (data.sources.length) rows.push(make("div", "label", "依据（点开看原文）"));
  data.sources.forEach((source, index) => {
    const box = card("div", source);
    box.append(...passages(source.cites, cite));
    fold(box, source.cites.length, root.dataset, `open${index}`);
    rows.push(box);
  });
  if (data.nearest.length) rows.push(make("div", "label", "最接近的文件"));
  for (const near of data.nearest) {
    const button = card("button", near);
    button.onclick = () => setTriggerValue("read", near.id);
    rows.push(button);
  }
  const told = data.writer ? `${data.writer} 撰写 · ` : "";
  rows.push(make("div", "dim foot", `${told}用时 ${data.seconds} 秒`));
  root.replaceChildren(...rows);

  if (data.fresh && !root.dataset.shown) keepQuestionInView(root.getRootNode().host);
  root.dataset.shown = "yes";
}

// A row for each passage, under the heading it stands in where that is another than the row's before.
function passages(cites, cite) {
  const rows = [];
  let heading = "";
  for (const { number, path, quote } of cites) {
    const place = path.join(" › ");
    if (place && place !== heading) rows.push(make("div", "dim path", place));
    heading = place;
    const row = make("button", "row");
    row.append(make("span", "chip number", String(number)), make("span", "quote", `“${quote}”`));
    row.onclick = cite(number);
    rows.push(row);
  }
  return rows;
}

// Folds a long card away behind a button; what was opened stays so when the page is drawn again, by `key` in `state`.
function fold(box, count, state, key) {
  if (count <= SHOWN + 1) return; // the button would take the place of the one row it hides
  const more = make("button", "more");
  const draw = () => {
    const open = key in state;
    let seen = 0;
    for (const row of box.querySelectorAll(".row, .path")) {
      row.hidden = !open && seen >= SHOWN;
      if (row.matches(".row")) seen += 1;
    }
    more.textContent = open ? "收起" : `展开其余 ${count - SHOWN} 条`;
    more.setAttribute("aria-expanded", String(open));
  };
  more.onclick = () => {
    if (key in state) delete state[key];
    else state[key] = "yes";
    draw();
  };
  draw();
  box.append(more);
}

// Streamlit scrolls to the end of a page that grows; an answer is read from its question on. So the question (of a very
// long one the answer) is held at the top until nothing moves it any more, or the reader scrolls.
function keepQuestionInView(host) {
  const messages = [...document.querySelectorAll('[data-testid="stChatMessage"]')];
  const place = messages.findIndex((message) => message.contains(host));
  if (place < 1) return;
  const question = messages[place - 1];
  const start = question.offsetHeight < window.innerHeight * 0.4 ? question : messages[place];
  let scroller = start.parentElement;
  while (scroller && !["auto", "scroll"].includes(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
  if (!scroller) return;
  const end = performance.now() + HELD;
  let left = false;
  const leave = (event) => { left ||= event.isTrusted; };
  const signs = ["wheel", "touchstart", "pointerdown", "keydown"];
  for (const sign of signs) document.addEventListener(sign, leave, { capture: true, passive: true });
  const hold = () => {
    if (left || !start.isConnected || performance.now() > end) {
      for (const sign of signs) document.removeEventListener(sign, leave, { capture: true });
      return;
    }
    const before = scroller.scrollTop;
    start.scrollIntoView({ block: "start", behavior: "instant" });
    // To Streamlit's own scrolling a wheel is the reader's hand: it lets go.
    if (scroller.scrollTop !== before) scroller.dispatchEvent(new WheelEvent("wheel"));
    requestAnimationFrame(hold);
  };
  hold();
}
