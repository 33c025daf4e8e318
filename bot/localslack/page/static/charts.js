// data_visualization blocks -> SVG charts with a text alternative and the figures as a table.

import { h, svg } from "./dom.js";

const HEIGHT = 230;
const MARGIN = { top: 12, right: 14, bottom: 44, left: 46 };

const format = (value) => (Number.isInteger(value) ? value.toLocaleString() : Number(value.toPrecision(3)).toLocaleString());

/** Round axis steps: about `count` of 1, 2 or 5 times a power of ten. */
export function ticks(low, high, count = 4) {
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / count));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= count + 0.5) ?? 10 * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function values(chart) {
  return chart.series.map((series) => {
    const byLabel = new Map(series.data.map((point) => [point.label, Number(point.value)]));
    return { name: series.name, values: chart.axis_config.categories.map((category) => byLabel.get(category)) };
  });
}

function scales(chart, series, width) {
  const numbers = series.flatMap((item) => item.values).filter(Number.isFinite);
  const marks = ticks(Math.min(0, ...numbers), Math.max(0, ...numbers));
  const [low, high] = [marks[0], marks.at(-1)];
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const band = inner.width / chart.axis_config.categories.length;
  const y = (value) => MARGIN.top + inner.height * (1 - (value - low) / (high - low || 1));
  return { marks, y, band, x: (index) => MARGIN.left + band * (index + 0.5), width };
}

function axes(chart, scale) {
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const every = Math.ceil(46 / scale.band);
  const right = scale.width - MARGIN.right;
  return [
    scale.marks.map((value) => [
      svg("line", { class: "grid", x1: MARGIN.left, x2: right, y1: scale.y(value), y2: scale.y(value) }),
      svg("text", { class: "tick", x: MARGIN.left - 8, y: scale.y(value) + 4, "text-anchor": "end" }, format(value)),
    ]),
    categories.map((name, index) =>
      index % every ? null : svg("text", { class: "tick", x: scale.x(index), y: HEIGHT - 26, "text-anchor": "middle" }, name),
    ),
    xLabel && svg("text", { class: "axis", x: (MARGIN.left + right) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, xLabel),
    yLabel && svg("text", { class: "axis", x: -(HEIGHT - MARGIN.bottom) / 2, y: 11, "text-anchor": "middle", transform: "rotate(-90)" }, yLabel),
  ];
}

function points(item, scale) {
  return item.values.map((value, index) => ({ value, x: scale.x(index), y: scale.y(value) })).filter((point) => Number.isFinite(point.y));
}

function line(series, scale, filled) {
  return series.map((item, tone) => {
    const all = points(item, scale);
    const path = all.map((point, index) => `${index ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join("");
    const floor = scale.y(Math.max(0, scale.marks[0]));
    const area = filled && all.length ? `${path}L${all.at(-1).x} ${floor}L${all[0].x} ${floor}Z` : null;
    return svg(
      "g",
      { class: `series s${tone}` },
      area && svg("path", { class: "area", d: area }),
      svg("path", { class: "line", d: path }),
      all.map((point) => svg("circle", { class: "dot", cx: point.x, cy: point.y, r: 3.2 }, svg("title", null, `${item.name}: ${format(point.value)}`))),
    );
  });
}

function bars(series, scale) {
  const width = Math.min((scale.band * 0.72) / series.length, 46);
  const zero = scale.y(0);
  return series.map((item, tone) =>
    svg(
      "g",
      { class: `series s${tone}` },
      points(item, scale).map((point) => {
        const x = point.x + (tone - series.length / 2) * width;
        const box = { x: x + 1, width: width - 2, y: Math.min(point.y, zero), height: Math.abs(zero - point.y), rx: 2 };
        return svg("rect", { class: "bar", ...box }, svg("title", null, `${item.name}: ${format(point.value)}`));
      }),
    ),
  );
}

function pie(segments) {
  const total = segments.reduce((sum, segment) => sum + Number(segment.value), 0) || 1;
  let turned = 0;
  return segments.map((segment, tone) => {
    const share = Number(segment.value) / total;
    const ring = { cx: 100, cy: 100, r: 60, pathLength: 100, "stroke-dasharray": `${share * 100} 100`, "stroke-dashoffset": -turned * 100 };
    turned += share;
    return svg("circle", { class: `slice series s${tone}`, ...ring, transform: "rotate(-90 100 100)" }, svg("title", null, `${segment.label}: ${format(Number(segment.value))}`));
  });
}

function drawing(chart, series, width) {
  const props = { class: "chart-svg", "aria-hidden": "true", focusable: "false" };
  if (chart.type === "pie") return svg("svg", { ...props, viewBox: "0 0 200 200", width: 200, height: 200 }, pie(chart.segments));
  const scale = scales(chart, series, width);
  const marks = chart.type === "bar" ? bars(series, scale) : line(series, scale, chart.type === "area");
  return svg("svg", { ...props, viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT }, axes(chart, scale), marks);
}

function legend(names) {
  return h("ul", { class: "legend" }, names.map((name, tone) => h("li", { class: `s${tone}` }, h("span", { class: "swatch" }), name)));
}

function figures(chart, series) {
  const head = chart.type === "pie" ? ["Part", "Value"] : [chart.axis_config.x_label ?? "", ...series.map((item) => item.name)];
  const rows =
    chart.type === "pie"
      ? chart.segments.map((segment) => [segment.label, Number(segment.value)])
      : chart.axis_config.categories.map((name, index) => [name, ...series.map((item) => item.values[index])]);
  const cell = (value) => (typeof value === "number" && Number.isFinite(value) ? format(value) : (value ?? "–"));
  return h(
    "table",
    null,
    h("thead", null, h("tr", null, head.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, rows.map(([name, ...rest]) => h("tr", null, h("th", { scope: "row" }, name), rest.map((value) => h("td", { class: "num" }, cell(value)))))),
  );
}

function summary(title, chart, series) {
  if (chart.type === "pie") return `${title}. Pie chart: ${chart.segments.map((part) => `${part.label} ${format(Number(part.value))}`).join(", ")}.`;
  const ends = series.map((item) => {
    const known = item.values.filter(Number.isFinite);
    return known.length ? `${item.name} from ${format(known[0])} to ${format(known.at(-1))}` : `${item.name}: no values`;
  });
  return `${title}. ${chart.type} chart over ${chart.axis_config.categories.length} points: ${ends.join("; ")}.`;
}

/** A data_visualization block; redrawn when its width changes, so that the letters keep their size on a phone. */
export function dataVisualization({ title, chart }) {
  if (!["line", "bar", "area", "pie"].includes(chart.type)) throw new RangeError(`chart type “${chart.type}”`);
  const series = chart.type === "pie" ? [] : values(chart);
  const canvas = h("div", { class: "chart-canvas", role: "img", "aria-label": summary(title, chart, series) });
  const names = chart.type === "pie" ? chart.segments.map((part) => part.label) : series.map((item) => item.name);
  let drawn = 0;
  const draw = (width) => {
    if (width === drawn) return;
    drawn = width;
    canvas.replaceChildren(drawing(chart, series, width));
  };
  draw(520);
  new ResizeObserver(([entry]) => draw(Math.max(240, Math.min(560, Math.floor(entry.contentRect.width))))).observe(canvas);
  const details = h("details", { class: "chart-figures" }, h("summary", null, "Show the figures"), h("div", { class: "table-scroll" }, figures(chart, series)));
  return h("figure", { class: "chart" }, h("figcaption", null, title), canvas, legend(names), details);
}
