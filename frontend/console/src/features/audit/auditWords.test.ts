import { describe, expect, test } from "vitest";
import { AUDIT_WORDS, auditWords } from "./auditWords";

describe("the audit log's words", () => {
  test("say what was done", () => {
    expect(auditWords("job.created")).toBe("Started a job");
    expect(auditWords("login.admitted")).toBe("Admitted a login on the cluster");
  });

  test("are a sentence's beginning without codes in it", () => {
    for (const words of Object.values(AUDIT_WORDS)) {
      expect(words).toMatch(/^[A-Z][^._]+$/);
    }
  });

  test("make the best of an unknown verb", () => {
    expect(auditWords("model.wheel_removed")).toBe("Model: wheel removed");
    expect(auditWords("swept")).toBe("Swept");
  });
});
