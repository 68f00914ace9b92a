/** Mantine dressed in the design tokens; components keep their behaviour, the look is ours. */
import {
  Badge,
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Modal,
  Table,
} from "@mantine/core";
import { variantColorResolver } from "./variants";

const GREEN: MantineColorsTuple = [
  "#eef7f4",
  "#dff0ea",
  "#bfe1d5",
  "#97cfbc",
  "#6cc7ae",
  "#3f9c84",
  "#1f6f5c",
  "#195c4c",
  "#13483c",
  "#0d221c",
];

/** Mantine's greys in the warmth of the paper, so that what we did not restyle belongs anyway. */
const GRAY: MantineColorsTuple = [
  "#fbfaf8",
  "#f3f1ec",
  "#e6e3dd",
  "#cfcac1",
  "#8d887e",
  "#8d887e",
  "#6c675e",
  "#57534c",
  "#3a3733",
  "#1d1c1a",
];

const DARK: MantineColorsTuple = [
  "#f2efe9",
  "#bdb7ab",
  "#989387",
  "#777167",
  "#777167",
  "#33312d",
  "#262521",
  "#1e1d1a",
  "#161513",
  "#0f0e0d",
];

export const theme = createTheme({
  colors: { annex: GREEN, gray: GRAY, dark: DARK },
  primaryColor: "annex",
  primaryShade: { light: 6, dark: 4 },
  variantColorResolver,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  headings: {
    fontFamily: "var(--font)",
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "var(--t-xl)", lineHeight: "1.3" },
      h2: { fontSize: "var(--t-l)", lineHeight: "1.4" },
      h3: { fontSize: "var(--t-m)", lineHeight: "1.5" },
    },
  },
  fontSizes: {
    xs: "var(--t-xs)",
    sm: "var(--t-s)",
    md: "var(--t-m)",
    lg: "var(--t-l)",
    xl: "var(--t-xl)",
  },
  spacing: {
    xs: "var(--s2)",
    sm: "var(--s3)",
    md: "var(--s4)",
    lg: "var(--s5)",
    xl: "var(--s6)",
  },
  radius: { sm: "var(--radius-s)", md: "var(--radius-s)", lg: "var(--radius)" },
  defaultRadius: "md",
  shadows: { sm: "var(--shadow)", md: "var(--shadow)" },
  cursorType: "pointer",
  components: {
    Button: Button.extend({ defaultProps: { fw: 600, fz: "sm" } }),
    Badge: Badge.extend({ defaultProps: { variant: "light", radius: "xl", tt: "none", fw: 600 } }),
    Card: Card.extend({
      defaultProps: { withBorder: true, shadow: "sm", radius: "lg", padding: "lg" },
      styles: { root: { background: "var(--sheet)", borderColor: "var(--line)" } },
    }),
    Input: Input.extend({ defaultProps: { size: "md" } }),
    InputWrapper: InputWrapper.extend({
      styles: {
        label: {
          fontSize: "var(--t-s)",
          lineHeight: "20px",
          display: "block",
          marginBottom: "var(--s1)",
        },
        description: { fontSize: "var(--t-s)", lineHeight: "1.4", marginBottom: "var(--s1)" },
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        radius: "lg",
        padding: "lg",
        centered: true,
        closeButtonProps: { "aria-label": "Close" },
      },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: "sm", horizontalSpacing: "sm" } }),
  },
});

const SHARED = {
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-2)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-default": "var(--sheet)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--line)",
  "--mantine-color-disabled-color": "var(--ink-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-color-error": "var(--bad)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-contrast": "var(--accent-ink)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent)",
  "--mantine-color-annex-filled": "var(--accent)",
  "--mantine-color-annex-light": "var(--accent-soft)",
  "--mantine-color-annex-light-color": "var(--accent)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: SHARED,
  dark: SHARED,
});
