// What the page's elements have in common; stands before each of their scripts.
function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// The clipboard of pages that aren't served by https or this machine takes only what is selected.
async function toClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = make("textarea");
  field.value = text;
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

const HELD = 2000; // milliseconds for which something is kept in view while the page settles

// Streamlit scrolls to the end of a page that grows; `start` is held at the top until nothing moves it any more, or the
// reader scrolls.
function keepInView(start) {
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
