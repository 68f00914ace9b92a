export * from "./colour";
