import type { Options } from "react-markdown";

/** Markdown as React elements; raw HTML stays text and pictures are left out (the page's policy blocks them). */
export const safeMarkdown: Options = {
  skipHtml: true,
  disallowedElements: ["img"],
  components: {
    a: ({ href, children }) => (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    ),
  },
};
