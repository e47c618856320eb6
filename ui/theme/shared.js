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

const HELD = 1500; // milliseconds for which something is kept in view while the page settles

// `start` is held at the top until the page has settled or the reader scrolls.
function keepInView(start) {
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
    start.scrollIntoView({ block: "start", behavior: "instant" });
    requestAnimationFrame(hold);
  };
  hold();
}

// An answer is read from its question on; of a very long question from the answer on.
function keepQuestionInView(host) {
  const messages = [...document.querySelectorAll('[data-testid="stChatMessage"]')];
  const place = messages.findIndex((message) => message.contains(host));
  if (place < 1) return;
  const question = messages[place - 1];
  keepInView(question.offsetHeight < window.innerHeight * 0.4 ? question : messages[place]);
}
