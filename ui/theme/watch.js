// Tells when the page's script has ended although what this stands for isn't finished: it was stopped.
const STATE = "data-test-script-state";

export default function ({ parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.hidden = true;
  const app = document.querySelector(`[${STATE}]`);
  if (!app) return undefined;
  let timer = null;
  const look = () => {
    clearTimeout(timer);
    // Between two runs the script rests for a moment too.
    if (app.getAttribute(STATE) === "notRunning") timer = setTimeout(() => setTriggerValue("stopped", true), 400);
  };
  const observer = new MutationObserver(look);
  observer.observe(app, { attributes: true, attributeFilter: [STATE] });
  look();
  return () => { observer.disconnect(); clearTimeout(timer); };
}
