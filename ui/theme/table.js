// Draws a table; a row's first cell is the button that opens what the row rests on, and so does a click anywhere in it.
const LONG = 26; // characters from which a cell is running text

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.tell = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  const box = make("div", "box");
  box.tabIndex = 0; // it scrolls sideways on a narrow screen
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.label);
  const table = make("table");
  const head = table.createTHead().insertRow();
  for (const column of data.columns) {
    const cell = make("th", "", column);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    line.className = "row";
    row.cells.forEach((text, index) => {
      const cell = line.insertCell();
      if (index === 0) {
        cell.className = "first";
        const button = make("button", "", text || "—");
        if (row.name) button.setAttribute("aria-label", `${text} ${row.name}`);
        cell.append(button);
      } else {
        cell.textContent = text;
        if (text.length > LONG) cell.className = "long";
      }
    });
    line.onclick = () => root.tell("pick", row.value);
  }
  box.append(table);
  root.replaceChildren(box);
}
