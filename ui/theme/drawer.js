// Folds the side bar away where it covers the page, once one has gone to a page, or to a conversation, by it.
const WAYS = '[data-testid="stPageLink-NavLink"], .st-key-clear button, .st-key-listing [data-testid^="stBidiComponent"]';
const COVERED = matchMedia("(max-width: 768px)"); // as Streamlit has it

export default function ({ parentElement }) {
  parentElement.querySelector(".root").hidden = true;
  const gone = (event) => {
    const path = event.composedPath().filter((node) => node instanceof Element);
    if (!COVERED.matches || !path.some((node) => node.matches("button, a"))) return;
    const bar = path.find((node) => node.matches('[data-testid="stSidebar"]'));
    if (bar && path.some((node) => node.matches(WAYS)))
      bar.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };
  document.addEventListener("click", gone);
  return () => document.removeEventListener("click", gone);
}
