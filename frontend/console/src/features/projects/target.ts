/** The F score a new project aims for unless someone says otherwise. */
export const DEFAULT_TARGET_F = 75;
