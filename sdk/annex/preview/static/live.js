/** On the annotation screen: show the first example anew when the recipe changed, or its fault. */
import { newsAfter } from "./news.js";

const after = Number(new URL(import.meta.url).searchParams.get("after"));
newsAfter(after).then(() => location.reload());
