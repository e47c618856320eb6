// Puts the page's words in the place of those that Streamlit has in English only, wherever and whenever they come up.
const SPOKEN = ["aria-label", "placeholder", "title"];
// Where it says something of its own; elsewhere stands what visitors and documents say, which may be the same words.
const PLACES = '[role="dialog"], [role="listbox"], [data-trigger], [data-testid="stFileUploader"], [data-testid="stSkipToContent"]';
const NAMES = '[data-testid="stFileChipName"], [role="listbox"]:not([data-empty]) [role="option"]';

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".root");
  root.hidden = true;
  document.documentElement.lang = data.language;
  const table = data.words.map(([english, ours]) => [new RegExp(`^(?:${english})$`, "s"), ours]);
  const ours = (text) => {
    const said = text.trim();
    const found = said && said.length < 400 && table.find(([english]) => english.test(said));
    return found ? said.replace(...found) : text;
  };
  const change = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const place = node.parentElement;
      if (!place?.closest(PLACES) || place.closest(NAMES)) return;
      const text = ours(node.data);
      if (text !== node.data) node.data = text;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of SPOKEN) {
        const value = node.getAttribute(name);
        if (value && ours(value) !== value) node.setAttribute(name, ours(value));
      }
      node.childNodes.forEach(change);
    }
  };
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(change);
      else change(target);
    }
  });
  change(document.body);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: SPOKEN });
  return () => observer.disconnect();
}
