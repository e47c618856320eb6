// Draws documents in time: a lane for each place they are from, and in it a dot for each document beneath its year.
// The arrow keys go from dot to dot, so that the keyboard passes them all by one step.
export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.tell = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  const { years, lanes, kinds } = data;
  const tip = make("div", "tip");
  tip.hidden = true;
  const dots = [];
  const dot = ({ value, title, told, kind }) => {
    const button = make("button", `dot kind${kind}`);
    button.setAttribute("aria-label", `${title} ${told}`);
    button.onclick = () => root.tell("pick", value);
    const show = () => {
      tip.replaceChildren(make("div", "", title), make("div", "dim", told));
      tip.hidden = false;
      const place = button.getBoundingClientRect();
      const size = tip.getBoundingClientRect();
      tip.style.left = `${Math.max(8, Math.min(place.left - 24, window.innerWidth - size.width - 8))}px`;
      tip.style.top = `${place.top > size.height + 12 ? place.top - size.height - 6 : place.bottom + 6}px`;
    };
    const hide = () => { tip.hidden = true; };
    button.onpointerenter = (event) => { if (event.pointerType !== "touch") show(); };
    button.onpointerleave = hide;
    button.onfocus = () => {
      for (const other of dots) other.tabIndex = other === button ? 0 : -1;
      if (button.matches(":focus-visible")) show();
    };
    button.onblur = hide;
    button.tabIndex = dots.length ? -1 : 0;
    dots.push(button);
    return button;
  };
  const grid = make("div", years.length > 16 ? "grid many" : "grid");
  const least = years.length > 16 ? 1.15 : 2.5; // rem: what the year's name needs
  const widths = years.map(({ width }) => `minmax(${Math.max(least, width * 0.95 + 0.4)}rem, ${width}fr)`);
  grid.style.setProperty("--years", widths.join(" "));
  grid.append(make("div", "corner"));
  for (const { name, gap } of years) grid.append(make("div", gap ? "year gap" : "year", name));
  for (const lane of lanes) {
    grid.append(make("div", "lane", lane.name));
    lane.fields.forEach((field, index) => {
      const cell = make("div", years[index].gap ? "field gap" : "field");
      cell.append(...field.map(dot));
      grid.append(cell);
    });
  }
  grid.onkeydown = (event) => {
    const place = dots.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (place < 0 || !step) return;
    event.preventDefault();
    dots[place + step]?.focus();
  };
  const legend = make("ul", "legend");
  for (const { name, colour } of kinds) {
    const item = make("li", "", name);
    item.prepend(make("span", `dot kind${colour}`));
    legend.append(item);
  }
  const box = make("div", "scrolled");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", data.label);
  box.append(grid);
  root.replaceChildren(box, legend, tip);
}
