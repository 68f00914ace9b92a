import "@fontsource-variable/inter";
import "@annex/ui/tokens.css";
import "@annex/ui/base.css";
import "./app/look.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { followPreferences } from "./app/preferences";

followPreferences();
const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
