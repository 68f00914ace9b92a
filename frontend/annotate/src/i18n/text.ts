/**
 * Every word the app says, in every language it speaks. English is the measure: another language
 * that lacks a sentence does not compile, which no message library adds to for two languages. Each
 * sentence is whole, so that a language may turn it round.
 */
import { type Language, languageOf } from "@annex/annotator-core";
import { useMemo } from "react";
import { usePreferences } from "../app/preferences";
import { de } from "./de";
import { en } from "./en";

export type Text = typeof en;

export const CATALOGUES: Readonly<Record<Language, Text>> = { en, de };

/** The languages in their own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

export function useLanguage(): Language {
  const { language } = usePreferences();
  return useMemo(() => languageOf(language, navigator.languages), [language]);
}

export function useText(): Text {
  return CATALOGUES[useLanguage()];
}
