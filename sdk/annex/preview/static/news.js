/** Wait until there is something newer than `after`; a page that nobody sees does not ask. */
export async function newsAfter(after) {
  for (;;) {
    await whileHidden();
    try {
      const answer = await fetch(`/preview/news?after=${after}`);
      const { generation } = await answer.json();
      if (generation !== after) return generation;
    } catch {
      // The preview was ended, or starts again under the same address.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function whileHidden() {
  if (document.visibilityState === "visible") return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener("visibilitychange", resolve, { once: true }),
  );
}
