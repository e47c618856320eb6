// Brings the question above it into view when it is first drawn.
export default function ({ parentElement }) {
  const root = parentElement.querySelector(".root");
  root.hidden = true;
  if (!root.dataset.shown) keepQuestionInView(root.getRootNode().host);
  root.dataset.shown = "yes";
}
