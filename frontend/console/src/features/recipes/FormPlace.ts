/** What every input of a recipe's form needs to know, however deep it lies. */
import { createContext, useContext } from "react";
import type { Asset, Dataset, Label, Model } from "../../api/types";
import type { Errors } from "./places";

export interface Inventory {
  datasets: Dataset[];
  assets: Asset[];
  models: Model[];
  labels: Label[];
  secrets: { id: string; name: string }[];
}

export interface FormPlace {
  inventory: Inventory;
  errors: Errors;
  /** Where texts are written on the cluster; null while that is not known. */
  textsPage: string | null;
}

export const FormPlaceContext = createContext<FormPlace>({
  inventory: { datasets: [], assets: [], models: [], labels: [], secrets: [] },
  errors: {},
  textsPage: null,
});

export const useInventory = (): Inventory => useContext(FormPlaceContext).inventory;

export const useTextsAddress = (): string | null => useContext(FormPlaceContext).textsPage;

/** The API's sentence about what stands at a place. */
export const useErrorAt = (place: string): string | undefined =>
  useContext(FormPlaceContext).errors[place];
