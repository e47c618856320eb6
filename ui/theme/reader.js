// Draws a document beside the conversation, and scrolls to the cited passage when it is opened.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const close = () => setTriggerValue("close", true);
  const onKey = (event) => { if (event.key === "Escape") close(); };
  document.addEventListener("keydown", onKey);
  const tidy = () => document.removeEventListener("keydown", onKey);
  if (root.dataset.key === data.key) return tidy; // drawn already: keep the reader's place

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const panel = make("section", "panel");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "原文");

  const head = make("div", "head");
  const button = make("button", "close", "×");
  button.setAttribute("aria-label", "关闭原文");
  button.onclick = close;
  head.append(make("div", "title", data.title), button);

  const card = make("dl", "card");
  for (const [name, value] of data.card) card.append(make("dt", "", name), make("dd", "", value));

  panel.append(head, card);
  if (data.path.length) panel.append(make("div", "path", data.path.join(" › ")));

  const text = make("div", "text");
  text.tabIndex = 0;
  for (const segment of data.segments) {
    if (segment.kind === "mark") text.append(make("mark", "", segment.text));
    else if (segment.kind === "heading") text.append(make("span", "heading", segment.text));
    else text.append(document.createTextNode(segment.text));
  }
  panel.append(text);
  root.replaceChildren(panel);
  root.dataset.key = data.key;
  const mark = text.querySelector("mark");
  // Only the text's own box is scrolled: scrollIntoView would move the whole page with it.
  if (mark) {
    const reach = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += reach - text.clientHeight / 3;
  }
  return tidy;
}
