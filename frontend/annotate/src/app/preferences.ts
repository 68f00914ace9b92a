/** The person's preferences on this page. */
import { type Keymap, keymapWith, PreferenceKeeper, type Preferences } from "@annex/annotator-core";
import { useMemo, useSyncExternalStore } from "react";
import { http } from "./session";

export const preferences = new PreferenceKeeper(http, localStorage);

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.state.subscribe, preferences.state.get);
}

export function useKeymap(): Keymap {
  const { keymap } = usePreferences();
  return useMemo(() => keymapWith(keymap), [keymap]);
}

/** Paint the page as the person likes it, now and on every change. */
export function followPreferences(): void {
  applyLook();
  preferences.state.subscribe(applyLook);
  window.addEventListener("online", () => void preferences.send());
}

function applyLook(): void {
  const { theme, density, text_size } = preferences.state.get();
  const { dataset } = document.documentElement;
  dataset.density = density;
  dataset.textSize = text_size;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
}
