// Takes the keyboard along into the leaf it stands in, when that is opened by the keyboard, or into the form.
export default function ({ parentElement }) {
  const root = parentElement.querySelector(".root");
  root.hidden = true;
  if (root.dataset.entered) return;
  root.dataset.entered = "yes";
  const place = root.getRootNode().host?.closest('[data-testid="stPopoverBody"], [data-testid="stForm"]');
  const form = place?.matches('[data-testid="stForm"]');
  if (!form && !document.activeElement?.matches("button:focus-visible")) return; // a finger's keyboard would come up
  const enter = (patience) => {
    const field = place?.querySelector(form ? "textarea" : "textarea, input, button");
    if (!field && patience) setTimeout(enter, 50, patience - 1); // its script is fetched first
    field?.focus();
    if (form) field?.setSelectionRange(field.value.length, field.value.length);
  };
  setTimeout(enter, 50, 20); // once it stands in its place
}
