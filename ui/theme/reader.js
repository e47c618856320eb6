// Draws a document beside the conversation, and scrolls to the cited passage when it is opened.
// What has the keyboard's focus, be it inside another element of ours.
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const close = () => {
    if (root.before?.isConnected) root.before.focus();
    setTriggerValue("close", true);
  };
  const onKey = (event) => { if (event.key === "Escape" && !event.defaultPrevented) close(); };
  document.addEventListener("keydown", onKey);
  const tidy = () => document.removeEventListener("keydown", onKey);
  if (root.dataset.key === data.key) return tidy; // drawn already: keep the reader's place
  const opening = !root.dataset.key;
  if (opening) root.before = focused();

  const { words } = data;
  const panel = make("section", "panel");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", words.original_text);

  const head = make("div", "head");
  const tools = make("div", "tools");
  const leaf = (sign, name, number) => {
    const button = make("button", "tool", sign);
    button.setAttribute("aria-label", name);
    button.title = name;
    button.disabled = number === null;
    button.onclick = () => setTriggerValue("leaf", number);
    return button;
  };
  if (data.earlier !== null || data.later !== null) tools.append(leaf("‹", words.earlier, data.earlier), leaf("›", words.later, data.later));
  const button = make("button", "tool close", "×");
  button.setAttribute("aria-label", words.close);
  button.onclick = close;
  tools.append(button);
  head.append(make("h2", "title", data.title), tools);

  const card = make("dl", "card");
  for (const [field, name, value] of data.card) {
    const told = make("dd", "");
    if (field === "status") told.append(make("span", `status ${data.tone}`, value), make("span", "reason", data.reason));
    else told.textContent = value;
    card.append(make("dt", "", name), told);
  }

  panel.append(head, card);
  if (data.path.length) panel.append(make("div", "path", data.path.join(" › ")));

  const text = make("div", "text");
  text.tabIndex = 0;
  text.setAttribute("role", "document");
  text.setAttribute("aria-label", data.title);
  for (const segment of data.segments) {
    if (segment.kind === "mark") text.append(make("mark", "", segment.text));
    else if (segment.kind === "heading") text.append(make("span", "heading", segment.text));
    else text.append(document.createTextNode(segment.text));
  }
  const foot = make("div", "foot");
  if (data.quotation) {
    const copy = make("button", "action", words.copy_citation);
    copy.onclick = async () => {
      await toClipboard(data.quotation);
      copy.textContent = `✓ ${words.copied}`;
      setTimeout(() => { copy.textContent = words.copy_citation; }, 2000);
    };
    foot.append(copy);
  }
  if (data.link) {
    const link = make("a", "action", words.source_link);
    link.href = data.link;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    foot.append(link);
  }
  panel.append(text, foot);
  root.replaceChildren(panel);
  root.dataset.key = data.key;
  const mark = text.querySelector("mark");
  // Only the box that scrolls is scrolled: scrollIntoView would move the whole page with it.
  if (mark) {
    const box = getComputedStyle(text).overflowY === "visible" ? panel : text;
    const reach = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += reach - box.clientHeight / 3;
  }
  text.focus({ preventScroll: true, focusVisible: false });
  return tidy;
}
