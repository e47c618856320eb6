// Draws an answer: paragraphs with citation chips, notices, and a card for each document it cites.
const SHOWN = 3; // passages of a document that are shown before "展开"

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.tell = setTriggerValue; // the latest one: what is drawn stays while the page is drawn again
  const { last, ...content } = data;
  const drawn = JSON.stringify(content);
  if (root.drawn !== drawn) {
    draw(root, content);
    root.drawn = drawn;
  }
  if (last && !root.dataset.shown) keepQuestionInView(root.getRootNode().host);
  root.dataset.shown = "yes";
}

function draw(root, data) {
  const { words } = data;
  const cited = new Map();
  for (const source of data.sources) for (const cite of source.cites) cited.set(cite.number, { ...cite, title: source.title });
  const tip = make("div", "tip");
  tip.setAttribute("role", "tooltip");
  tip.id = "tip";
  tip.hidden = true;
  const cite = (number) => () => { tip.hidden = true; root.tell("cite", number); };
  const chip = (number) => {
    const button = make("button", "chip", String(number));
    button.setAttribute("aria-label", words.show_passage.replace("{number}", number));
    button.setAttribute("aria-describedby", "tip");
    button.onclick = cite(number);
    point(button, tip, cited.get(number));
    return button;
  };
  const rows = [];

  if (data.part !== "sources") rows.push(...said(data, chip));
  if (data.part !== "text") rows.push(...sources(root, data, cite), foot(data));
  root.replaceChildren(...rows, tip);
}

// What the answer says, and what must be known of it.
function said(data, chip) {
  const { words } = data;
  const rows = [];
  if (data.understood) rows.push(make("div", "dim understood", data.understood));
  const text = make("div", data.status === "not_found" ? "none" : "text");
  if (data.status === "not_found") text.append(make("div", "verdict", words.not_found));
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

  if (data.notices.length) {
    const box = make("ul", "notices");
    box.setAttribute("aria-label", words.notice);
    for (const notice of data.notices) box.append(make("li", "notice", notice));
    rows.push(box);
  }
  return rows;
}

// How long it took, and a button that copies the answer with its sources.
function foot({ foot, copy, words }) {
  const row = make("div", "dim foot");
  if (copy) {
    const button = make("button", "whole", words.copy_answer);
    button.onclick = async () => {
      await toClipboard(copy);
      button.textContent = `✓ ${words.copied}`;
      setTimeout(() => { button.textContent = words.copy_answer; }, 2000);
    };
    row.append(button);
  }
  if (foot) row.append(make("span", "", foot));
  return row;
}

// The documents it rests on, or comes nearest to it.
function sources(root, data, cite) {
  const { words } = data;
  const rows = [];
  if (data.sources.length) rows.push(make("div", "label", words.evidence));
  data.sources.forEach((source, index) => {
    const box = card("div", source);
    box.append(...passages(source.cites, cite, words));
    fold(box, source.cites.length, root.dataset, `open${index}`, words);
    rows.push(box);
  });
  if (data.nearest.length) rows.push(make("div", "label", words.nearest));
  for (const near of data.nearest) {
    const button = card("button", near);
    if (near.covers) button.append(make("div", "dim covers", near.covers));
    button.onclick = () => root.tell("read", near.id);
    rows.push(button);
  }
  return rows;
}

function card(tag, { title, facts, status, tone }) {
  const box = make(tag, "source");
  box.append(make("div", "title", title));
  if (!facts && !status) return box;
  const line = make("div", "dim");
  // A fact moves to the next line as a whole, its dot with the one before.
  facts.split(" · ").forEach((fact, index, all) => {
    if (fact) line.append(make("span", "fact", index < all.length - 1 ? `${fact} ·` : fact), " ");
  });
  if (status) line.append(make("span", `status ${tone}`, status));
  box.append(line);
  return box;
}

// A row for each passage, under the heading it stands in where that is another than the row's before.
function passages(cites, cite, words) {
  const rows = [];
  let heading = "";
  for (const { number, path, quote, quotation } of cites) {
    const place = path.join(" › ");
    if (place && place !== heading) rows.push(make("div", "dim path", place));
    heading = place;
    const row = make("div", "row");
    const open = make("button", "open");
    open.append(make("span", "chip number", String(number)), make("span", "quote", `“${quote}”`));
    open.onclick = cite(number);
    const copy = make("button", "copy");
    copy.title = words.copy_citation;
    copy.setAttribute("aria-label", `${words.copy_citation} ${number}`);
    copy.onclick = async () => {
      await toClipboard(quotation);
      copy.classList.add("copied");
      copy.title = words.copied;
      setTimeout(() => { copy.classList.remove("copied"); copy.title = words.copy_citation; }, 2000);
    };
    row.append(open, copy);
    rows.push(row);
  }
  return rows;
}

// Shows the quote behind a chip while it is pointed at or has the keyboard's focus; Escape takes it away.
function point(button, tip, cited) {
  if (!cited) return;
  const show = () => {
    const where = [cited.title, ...cited.path.slice(-1)].join(" › ");
    tip.replaceChildren(make("div", "said", cited.tip), make("div", "dim", where));
    tip.hidden = false;
    const chip = button.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(chip.left - 24, window.innerWidth - size.width - 8))}px`;
    tip.style.top = `${chip.top > size.height + 12 ? chip.top - size.height - 8 : chip.bottom + 8}px`;
  };
  const hide = () => { tip.hidden = true; };
  button.onpointerenter = (event) => { if (event.pointerType !== "touch") show(); };
  button.onfocus = () => { if (button.matches(":focus-visible")) show(); };
  button.onpointerleave = hide;
  button.onblur = hide;
  button.onkeydown = (event) => { if (event.key === "Escape") hide(); };
}

// Folds a long card away behind a button; what was opened stays so when the page is drawn again, by `key` in `state`.
function fold(box, count, state, key, words) {
  if (count <= SHOWN + 1) return; // the button would take the place of the one row it hides
  const more = make("button", "more");
  const draw = () => {
    const open = key in state;
    let seen = 0;
    for (const row of box.querySelectorAll(".row, .path")) {
      row.hidden = !open && seen >= SHOWN;
      if (row.matches(".row")) seen += 1;
    }
    more.textContent = open ? words.fold : words.unfold.replace("{count}", count - SHOWN);
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
