// Draws buttons to choose from: pills, or a list that can be filtered once it is long.
const LONG = 10;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const box = document.createElement("div");
  box.className = data.look;
  const buttons = data.items.map((item) => {
    const button = document.createElement("button");
    const label = document.createElement("div");
    label.className = "label";
    label.textContent = item.label;
    button.append(label);
    if (item.hint) {
      const hint = document.createElement("div");
      hint.className = "dim";
      item.hint.split(" · ").forEach((fact, index, all) => {
        const span = document.createElement("span");
        span.className = "fact"; // moves to the next line as a whole, its dot with the one before
        span.textContent = index < all.length - 1 ? `${fact} ·` : fact;
        hint.append(span, " ");
      });
      button.append(hint);
    }
    button.onclick = () => setTriggerValue("pick", item.value);
    box.append(button);
    return button;
  });
  const rows = [box];
  if (data.look === "list" && buttons.length > LONG) {
    const search = document.createElement("input");
    search.placeholder = "按标题、文号、机关筛选";
    search.setAttribute("aria-label", search.placeholder);
    search.value = root.querySelector("input")?.value ?? "";
    search.oninput = () => {
      for (const button of buttons) button.hidden = !button.textContent.includes(search.value.trim());
    };
    search.oninput();
    rows.unshift(search);
  }
  root.replaceChildren(...rows);
}
