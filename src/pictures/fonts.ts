import { createRequire } from "node:module";

const fontFile = (name: string): string =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/arimo/${name}`);

/** Files of the figures' typeface: from its package, as machines without fonts must draw the same letters. */
export const fontFiles = {
  regular: fontFile("400Regular/Arimo_400Regular.ttf"),
  bold: fontFile("700Bold/Arimo_700Bold.ttf"),
} as const;
