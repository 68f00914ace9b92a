import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const CONTROL_PLANE = process.env.ANNEX_CONSOLE_ORIGIN ?? "http://localhost:8000";
const SERVED_BY_CONTROL_PLANE = ["/api", "/_allauth", "/authorize"];

export default defineConfig({
  plugins: [react()],
  // The control plane serves dist/assets under /assets and index.html for every other path.
  build: { outDir: "dist", assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: {
    proxy: Object.fromEntries(SERVED_BY_CONTROL_PLANE.map((path) => [path, CONTROL_PLANE])),
  },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});
