import { expect, test } from "vitest";
import { svgElement } from "../../src/drawing/svg-element.ts";
import { svgText } from "../../src/drawing/svg-text.ts";
import { document } from "../figures/small-column.ts";

const element = (name: string, attributes: Record<string, string | number>) =>
  svgElement(document, name, attributes);

test("attributes are sorted, lengths rounded, colours resolved, classes left out", () => {
  const path = element("path", {
    stroke: "currentColor",
    d: "M-0.001,12.3456L1e-7,.5Z",
    class: "plot",
    "aria-label": "1.23456",
  });
  expect(svgText(path, "#123")).toBe(
    '<path aria-label="1.23456" d="M0,12.35L1e-7,0.5Z" stroke="#123"/>',
  );
});

test("what XML does not allow and what steers terminals is shown as such", () => {
  const text = element("text", { "aria-label": "a\0b\x1b[31m\ud800\u0085" });
  text.textContent = "two\nlines\tand \ufffe 𝒳 é";
  expect(svgText(text, "black")).toBe(
    '<text aria-label="a\ufffdb\ufffd[31m\ufffd\ufffd">two lines and \ufffd 𝒳 é</text>',
  );
});

test("text and attributes are escaped, names keep their case, style sheets go", () => {
  const gradient = element("linearGradient", { title: 'a "b" & <c>' });
  const style = element("style", {});
  style.textContent = "text { fill: red }";
  const text = element("text", {});
  text.textContent = "p < 0.05 & q > 1";
  gradient.append(style, text);
  expect(svgText(gradient, "black")).toBe(
    '<linearGradient title="a &quot;b&quot; &amp; &lt;c&gt;"><text>p &lt; 0.05 &amp; q &gt; 1</text></linearGradient>',
  );
});
