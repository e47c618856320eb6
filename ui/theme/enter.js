// Takes the keyboard along into the leaf it stands in, when that is opened by the keyboard, or into the form.
export default function ({ parentElement }) {
  const root = parentElement.querySelector(".root");
  root.hidden = true;
  if (root.dataset.entered) return;
  root.dataset.entered = "yes";
  const place = root.getRootNode().host?.closest('[data-testid="stPopoverBody"], [data-testid="stForm"]');
  const form = place?.matches('[data-testid="stForm"]');
  if (!form && !document.activeElement?.matches("button:focus-visible")) return; // a finger's keyboard would come up
  const enter = (patience, entered) => {
    const first = place?.querySelector(form ? "textarea" : "textarea, input, button");
    // A field whose script is fetched first may come before the button that was entered; a visitor who has gone on stays.
    const moves = first && first !== entered && (!entered || document.activeElement === entered);
    if (moves) first.focus();
    if (moves && form) first.setSelectionRange(first.value.length, first.value.length);
    if (patience) setTimeout(enter, 50, patience - 1, moves ? first : entered);
  };
  setTimeout(enter, 50, 20); // once it stands in its place
}
