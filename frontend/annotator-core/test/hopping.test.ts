import { expect, test } from "vitest";
import { beginHop, type Editor, hopAgain, letGo, MARKS, openEditor, typeHop } from "../src";
import { exampleOf } from "./worker";

const TEXT = "Ada saw Adele and a sandwich in Żory";
const editor = openEditor(exampleOf("e", TEXT), { question: MARKS, snap: "token", armed: null });
const type = (from: Editor, letters: string) =>
  [...letters].reduce((state, letter) => typeHop(state, letter), beginHop(from));
const word = ({ caret, index }: Editor) => (caret ? index.slice(caret.start, caret.end) : null);

test("two letters go to the next word that begins so, whatever their case", () => {
  const saw = type(editor, "SA");
  expect([word(saw), saw.hop]).toEqual(["saw", null]);
  expect(word(type(saw, "sa"))).toBe("sandwich");
  expect(word(type(editor, "żo"))).toBe("Żory");
});

test("the first letter shows the way, and the second is counted from the same place", () => {
  const begun = typeHop(beginHop(editor), "a");
  expect([word(begun), begun.hop?.typed]).toEqual(["Ada", "a"]);
  expect(word(typeHop(begun, "n"))).toBe("and");
});

test("again goes on, and round at the end", () => {
  const ada = type(editor, "ad");
  const adele = hopAgain(ada);
  expect([word(adele), word(hopAgain(adele))]).toEqual(["Adele", "Ada"]);
});

test("what no word begins with moves nothing, and letting go ends it", () => {
  const saw = type(editor, "sa");
  expect(word(type(saw, "qx"))).toBe("saw");
  expect(letGo(beginHop(saw)).hop).toBeNull();
});
