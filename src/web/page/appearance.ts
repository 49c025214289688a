import { computed, signal } from "@preact/signals";
import { darkTheme, lightTheme, type Theme } from "../../drawing/theme.ts";

const darkness = matchMedia("(prefers-color-scheme: dark)");
const calmness = matchMedia("(prefers-reduced-motion: reduce)");

const isDark = signal(darkness.matches);
/** True if nothing may flicker. */
export const isCalm = signal(calmness.matches);
darkness.addEventListener("change", () => {
  isDark.value = darkness.matches;
});
calmness.addEventListener("change", () => {
  isCalm.value = calmness.matches;
});

/** The figures' colours, by day or by night. */
export const theme = computed<Theme>(() => (isDark.value ? darkTheme : lightTheme));

/** Size of the page's text, px: larger on very large screens. */
export const textPx = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Hands the colours to the style sheet. */
export function applyTheme({
  background,
  ink,
  quietInk,
  hairline,
  shade,
  excitatory,
  inhibitory,
}: Theme) {
  const colors = {
    background,
    ink,
    "quiet-ink": quietInk,
    hairline,
    shade,
    excitatory,
    inhibitory,
  };
  for (const [name, color] of Object.entries(colors)) {
    document.documentElement.style.setProperty(`--${name}`, color);
  }
}
