// Tells that the page's own run has drawn this part, which goes on in a run of its own.
export default function ({ parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.hidden = true;
  if (root.dataset.told) return;
  root.dataset.told = "yes";
  setTriggerValue("later", true);
}
