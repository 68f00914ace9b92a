import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * One HTML shell for every page of the annotation origin. Its policy allows scripts and styles only
 * as files of this origin: nothing is inlined, no preload script is injected.
 */
export default defineConfig({
  plugins: [react()],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
});
