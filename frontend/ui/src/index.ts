export * from "./Bar";
export * from "./Button";
export * from "./colour";
export * from "./Dialog";
export * from "./Field";
export * from "./Kbd";
export * from "./LabelChip";
export * from "./Notice";
