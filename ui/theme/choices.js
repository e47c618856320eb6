// Draws buttons to choose from: pills, or a list that can be filtered once it is long.
const LONG = 10;

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.tell = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  const box = document.createElement("div");
  box.className = data.look;
  if (data.label) {
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", data.label);
  }
  const buttons = data.items.map((item) => {
    const button = document.createElement("button");
    const label = document.createElement("div");
    label.className = "label";
    label.textContent = item.label;
    button.append(label);
    if (item.current) button.setAttribute("aria-current", "true");
    if (item.hint || item.status) {
      const hint = document.createElement("div");
      hint.className = "dim";
      (item.hint ?? "").split(" · ").forEach((fact, index, all) => {
        const span = document.createElement("span");
        span.className = "fact"; // moves to the next line as a whole, its dot with the one before
        span.textContent = index < all.length - 1 ? `${fact} ·` : fact;
        if (fact) hint.append(span, " ");
      });
      if (item.status) {
        const status = document.createElement("span");
        status.className = `status ${item.tone}`;
        status.textContent = item.status;
        hint.append(status);
      }
      button.append(hint);
    }
    button.onclick = () => root.tell("pick", item.value);
    box.append(button);
    return button;
  });
  const rows = [box];
  if (data.search && buttons.length > LONG) {
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = data.search;
    search.setAttribute("aria-label", search.placeholder);
    search.value = root.querySelector("input")?.value ?? "";
    search.oninput = () => {
      const wanted = search.value.trim().toLowerCase();
      for (const button of buttons) button.hidden = !button.textContent.toLowerCase().includes(wanted);
    };
    search.oninput();
    rows.unshift(search);
  }
  root.replaceChildren(...rows);
}
