// Draws documents one below the other, and an arc from each to every document it cites.
const ROW = 41.6; // height of a row, 2.6rem
const WIDEST = 130;
const SVG = "http://www.w3.org/2000/svg";

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  root.tell = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  const width = Math.min(WIDEST, Math.max(44, root.clientWidth * 0.22));
  const longest = Math.max(1, ...data.links.map(([from, to]) => Math.abs(from - to)));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("width", width);
  svg.setAttribute("height", data.nodes.length * ROW);
  svg.setAttribute("aria-hidden", "true"); // the rows say the same in words
  const y = (place) => (place + 0.5) * ROW;
  const edge = width - 8;
  const paths = data.links.map(([from, to]) => {
    const path = document.createElementNS(SVG, "path");
    const reach = edge - 4 - (edge - 10) * Math.sqrt(Math.abs(from - to) / longest);
    path.setAttribute("d", `M ${edge} ${y(from)} C ${reach} ${y(from)}, ${reach} ${y(to)}, ${edge} ${y(to)}`);
    svg.append(path);
    return path;
  });
  const names = make("div", "names");
  const rows = data.nodes.map((node, place) => {
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("cx", edge);
    dot.setAttribute("cy", y(place));
    dot.setAttribute("r", 4);
    if (node.absent) dot.setAttribute("class", "absent");
    svg.append(dot);
    const row = make("button", node.absent ? "name absent" : "name");
    row.append(make("span", "year", node.year), make("span", "what", node.title), make("span", "hint", node.hint));
    row.setAttribute("aria-label", [node.year, node.title, node.hint, node.spoken].filter(Boolean).join("，"));
    row.onclick = () => root.tell("pick", node.value);
    const light = (on) => data.links.forEach(([from, to], link) => {
      const touches = from === place || to === place;
      paths[link].setAttribute("class", on ? (touches ? "lit" : "dimmed") : "");
      if (touches) for (const other of [from, to]) if (other !== place) rows[other].classList.toggle("lit", on);
    });
    row.onpointerenter = row.onfocus = () => light(true);
    row.onpointerleave = row.onblur = () => light(false);
    names.append(row);
    return row;
  });
  const wrap = make("div", "wrap");
  wrap.append(svg, names);
  root.replaceChildren(wrap);
}
