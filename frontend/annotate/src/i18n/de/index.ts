import { formatOf } from "../format";
import { data } from "./data";
import { frame } from "./frame";
import { keys } from "./keys";
import { oversight } from "./oversight";
import { pages } from "./pages";
import { recipes } from "./recipes";
import { results } from "./results";
import { task } from "./task";

const format = formatOf("de");

export const de = {
  format,
  frame: frame(format),
  keys: keys(),
  task: task(format),
  data: data(format),
  pages: pages(format),
  recipes: recipes(format),
  results: results(format),
  oversight: oversight(format),
};
