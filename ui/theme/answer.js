// Draws an answer: paragraphs with citation chips, the sources below them, notices.
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

  const card = (number, title, lines, quote, act) => {
    const button = make("button", "source");
    if (number) button.append(make("span", "chip number", String(number)));
    const body = make("div", "body");
    body.append(make("div", "title", title));
    for (const line of lines) if (line) body.append(make("div", "dim", line));
    if (quote) body.append(make("div", "quote", `“${quote}”`));
    button.append(body);
    button.onclick = act;
    return button;
  };
  if (data.sources.length) rows.push(make("div", "label", "依据（点开看原文）"));
  for (const source of data.sources) {
    const lines = [source.facts, source.path.join(" › ")];
    rows.push(card(source.number, source.title, lines, source.quote, cite(source.number)));
  }
  if (data.nearest.length) rows.push(make("div", "label", "最接近的文件"));
  for (const near of data.nearest) {
    rows.push(card(null, near.title, [near.facts], "", () => setTriggerValue("read", near.id)));
  }
  const told = data.writer ? `${data.writer} 撰写 · ` : "";
  rows.push(make("div", "dim foot", `${told}用时 ${data.seconds} 秒`));
  root.replaceChildren(...rows);

  // A new answer that is taller than the window is read from its beginning, not from its end.
  if (data.fresh && !root.dataset.shown) {
    setTimeout(() => {
      const host = root.getRootNode().host;
      if (host && root.scrollHeight > window.innerHeight * 0.6) host.scrollIntoView({ block: "start", behavior: "smooth" });
    }, 400);
  }
  root.dataset.shown = "yes";
}
