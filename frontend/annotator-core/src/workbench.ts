/**
 * One annotator at one task: the example in hand, the ones ready behind it, the answers going out.
 * Holds the flow; the editor holds the marks, the saver the sending, the buffer the supply.
 */
import type { TaskApi } from "./api";
import { ExampleBuffer } from "./buffer";
import { chooseOnly, settle, toggleChoice } from "./choosing";
import { WorkingClock } from "./clock";
import { DraftKeeper } from "./drafts";
import {
  annotationOf,
  decided,
  draftOf,
  type Editor,
  type Mode,
  openEditor,
  redo,
  takeUp,
  undo,
} from "./editor";
import type { AnswerBody, Example, Progress, Verdict } from "./model";
import { patiently } from "./patience";
import type { InHand, Submitted, WorkbenchOptions, WorkbenchState } from "./phase";
import { MARKS, questionOf } from "./question";
import type { Records } from "./records";
import { pickOption } from "./replying";
import type { Conflict, Refusal, Saver } from "./saver";
import type { Snap } from "./snapping";
import { Store } from "./store";
import { SupplyLine } from "./supply";

const REMEMBERED = 100;

export class Workbench {
  readonly state: Store<WorkbenchState>;
  private readonly buffer: ExampleBuffer;
  private readonly supply: SupplyLine;
  private readonly drafts: DraftKeeper;
  private readonly clock: WorkingClock;
  private readonly newId: () => string;
  private snap: Snap = "token";
  private armed: string | null = null;
  private armedLink: string | null = null;
  /** Answers undone across the last submits, newest first: redo walks back through them. */
  private undone: InHand[] = [];

  constructor(
    private readonly api: TaskApi,
    records: Records,
    readonly saver: Saver,
    private readonly options: WorkbenchOptions = {},
  ) {
    this.buffer = new ExampleBuffer(api, options.buffer);
    const signedOut = () => this.state.patch({ signedOut: true });
    this.drafts = new DraftKeeper(api, records, signedOut, options.draftDelayMs);
    this.clock = options.clock ?? new WorkingClock();
    this.newId = options.newId ?? (() => crypto.randomUUID());
    this.state = new Store<WorkbenchState>({
      phase: { kind: "loading" },
      task: null,
      hand: null,
      submitted: [],
      signedOut: false,
    });
    const supplied = { holding: () => this.holding(), showNext: () => this.showNext() };
    const { retrySeconds } = options;
    this.supply = new SupplyLine(api, this.buffer, this.state, supplied, retrySeconds);
  }

  /** Load the task, send what an earlier visit left unsent, show that example or else the first. */
  async start(example?: string): Promise<void> {
    try {
      const task = await patiently(() => this.api.task(), this.options.patience);
      this.state.patch({ task, signedOut: false });
      const [only] = task.labels;
      if (task.labels.length === 1 && only) this.armed = this.armedLink = only.id;
      await this.saver.flush();
      await (example ? this.reopen(example) : this.supply.advance());
    } catch (error) {
      this.supply.fail(error, () => this.start(example));
    }
  }

  /** Change the example in hand with one of the editor's or the navigation's verbs. */
  edit(command: (editor: Editor) => Editor): void {
    const { hand } = this.state.get();
    if (!hand) return;
    this.clock.sign();
    const editor = command(hand.editor);
    if (editor === hand.editor) return;
    this.snap = editor.snap;
    this.armed = editor.armed;
    this.armedLink = editor.armedLink;
    if (editor.content !== hand.editor.content) this.keepDraft(hand, editor);
    this.state.patch({ hand: { ...hand, editor } });
  }

  /** Choose a label for the whole text. Where one is right, that is the answer. */
  choose(label: string): void {
    const kind = this.state.get().hand?.editor.question.kind;
    if (kind === "any") this.edit((editor) => toggleChoice(editor, label));
    if (kind !== "one") return;
    this.edit((editor) => chooseOnly(editor, label));
    this.submit("accept");
  }

  /** Take one of the options: that is the answer. */
  pick(option: number): void {
    const { hand } = this.state.get();
    if (hand?.editor.question.kind !== "pick") return;
    if (option >= (hand.editor.example.options ?? []).length) return;
    this.edit((editor) => pickOption(editor, option));
    this.submit("accept");
  }

  /**
   * Answer the example in hand and show the next one. Accepting takes every open suggestion too;
   * where nothing is there to be accepted, nothing happens.
   */
  submit(verdict: Verdict): void {
    const { hand, submitted } = this.state.get();
    const editor = hand && !hand.editor.proposal ? settle(hand.editor, verdict) : null;
    if (!hand || !editor) return;
    const { example } = editor;
    const body: AnswerBody = {
      ...annotationOf(editor),
      example: example.id,
      verdict,
      base_version: this.saver.versionOf(hand.answerId) ?? hand.baseVersion,
      working_ms: hand.workedMs + this.clock.reset(),
      ...(example.corrects ? { corrects: example.corrects.id } : {}),
    };
    this.saver.save(hand.answerId, body);
    this.drafts.drop(example.id);
    const workedMs = body.working_ms;
    const answer = { id: hand.answerId, example, left: draftOf(editor), verdict, workedMs };
    const others = submitted.filter((other) => other.id !== answer.id);
    this.state.patch({ hand: null, submitted: [...others, answer].slice(-REMEMBERED) });
    this.showNext();
  }

  /** Take back the last change here, or else open the answer before. */
  undo(): void {
    const { hand, submitted } = this.state.get();
    if (hand && hand.editor.past.length > 0) {
      this.edit(undo);
      return;
    }
    const at = submitted.findIndex((answer) => answer.id === hand?.answerId);
    const previous = submitted[(at === -1 ? submitted.length : at) - 1];
    if (!previous) return;
    if (hand) this.undone.unshift(hand);
    this.showSubmitted(previous);
  }

  redo(): void {
    const { hand } = this.state.get();
    if (hand && hand.editor.future.length > 0) {
      this.edit(redo);
      return;
    }
    const next = this.undone.shift();
    if (next) this.show(next);
  }

  /** Open one's own answer to edit it, or somebody else's to correct it. */
  async reopen(example: string): Promise<void> {
    const known = this.state.get().submitted.find((answer) => answer.example.id === example);
    this.putAside();
    if (known) {
      this.showSubmitted(known);
      return;
    }
    try {
      const loaded = await this.api.example(example);
      const { answer: own, corrects } = loaded;
      const answer = own ?? corrects;
      if (!answer) {
        this.showExample(loaded);
        return;
      }
      const editor = openEditor(loaded, this.mode(), decided(loaded, answer));
      this.show({
        answerId: own?.id ?? this.newId(),
        baseVersion: own?.version ?? 0,
        editor: takeUp(editor, this.drafts.kept(example)),
        verdict: answer.verdict,
        workedMs: own?.working_ms ?? 0,
      });
    } catch (error) {
      this.supply.fail(error, () => this.reopen(example));
    }
  }

  /** Open what the task's recipe did not take, as it was answered, to answer it otherwise. */
  async answerAgain(refusal: Refusal): Promise<void> {
    this.saver.dropRefusal(refusal);
    const { example } = refusal.unsent.body;
    const { submitted } = this.state.get();
    const refused = submitted.find((answer) => answer.example.id === example);
    if (!refused || this.saver.versionOf(refused.id) !== null) return this.reopen(example);
    this.state.patch({ submitted: submitted.filter((answer) => answer !== refused) });
    this.putAside();
    // It may have been handed out again meanwhile.
    this.buffer.drop(example);
    this.showExample({ ...refused.example, draft: refused.left });
  }

  /** Leave an opened answer as it is, without a change not sent, and go on where the work was. */
  leave(): void {
    const { hand } = this.state.get();
    if (!hand?.verdict) return;
    this.drafts.drop(hand.editor.example.id);
    this.showNext();
  }

  /** The saved version stays; ours is forgotten here too, so that opening it again shows the saved one. */
  keepTheirs(conflict: Conflict): void {
    this.saver.keepTheirs(conflict);
    const { example } = conflict.unsent.body;
    const submitted = this.state.get().submitted.filter((one) => one.example.id !== example);
    this.state.patch({ submitted });
  }

  /** Someone signed in again: send, and go on with the same example. */
  async resume(): Promise<void> {
    this.state.patch({ signedOut: false });
    await this.saver.flush();
    if (this.state.get().hand) void this.supply.refill();
    else await this.start();
  }

  /** Look for work now instead of at the end of the countdown. */
  async lookAgain(): Promise<void> {
    this.supply.stop();
    await (this.state.get().task ? this.supply.advance() : this.start());
  }

  /** Keep the leases of what is in hand and ready, while the person is at work. */
  async extendLeases(): Promise<void> {
    const held = this.holding();
    if (held.length > 0) await this.api.extend(held).catch(() => undefined);
  }

  /** The page goes away: give back what was not touched. */
  close(): void {
    this.supply.stop();
    this.drafts.flush();
    this.saver.stop();
    const untouched = [...this.buffer.ids()];
    const { hand } = this.state.get();
    if (hand && !hand.verdict && hand.editor.past.length === 0 && !hand.editor.example.draft) {
      untouched.unshift(hand.editor.example.id);
    }
    if (untouched.length > 0) void this.api.release(untouched).catch(() => undefined);
  }

  setProgress(progress: Progress): void {
    const { task } = this.state.get();
    if (task) this.state.patch({ task: { ...task, progress } });
  }

  private mode(): Mode {
    const { task } = this.state.get();
    const question = task ? questionOf(task) : MARKS;
    return { question, snap: this.snap, armed: this.armed, armedLink: this.armedLink };
  }

  private keepDraft(hand: InHand, editor: Editor): void {
    const { id } = editor.example;
    if (!hand.verdict) this.drafts.keep(id, draftOf(editor));
    else if (editor.past.length > 0) this.drafts.keepHere(id, draftOf(editor));
    else this.drafts.drop(id);
  }

  private showSubmitted(answer: Submitted): void {
    const editor = openEditor(answer.example, this.mode(), answer.left);
    this.show({
      answerId: answer.id,
      baseVersion: this.saver.versionOf(answer.id) ?? 0,
      editor: takeUp(editor, this.drafts.kept(answer.example.id)),
      verdict: answer.verdict,
      workedMs: answer.workedMs,
    });
  }

  /** What was in hand and not answered goes back to the front of what is ready, with its draft. */
  private putAside(): void {
    const { hand } = this.state.get();
    if (!hand || hand.verdict) return;
    this.buffer.putBack({ ...hand.editor.example, draft: draftOf(hand.editor) });
  }

  private show(hand: InHand): void {
    this.clock.reset();
    const editor = { ...hand.editor, ...this.mode() };
    this.state.patch({ hand: { ...hand, editor }, phase: { kind: "annotating" } });
  }

  /** The next example without waiting when there is one; answers are being saved meanwhile. */
  private showNext(): void {
    const undone = this.undone.at(-1);
    this.undone = [];
    if (undone && !undone.verdict) {
      this.show(undone);
      return;
    }
    const example = this.buffer.take();
    if (example) this.showExample(example);
    else this.state.patch({ hand: null, phase: { kind: "loading" } });
    if (!example) void this.supply.advance();
    else if (this.buffer.needsRefill()) void this.supply.refill();
  }

  private showExample(example: Example): void {
    const draft = this.drafts.kept(example.id) ?? example.draft ?? null;
    // What comes back to be looked at once more has an answer, which the next one edits.
    const { answer } = example;
    this.show({
      answerId: answer?.id ?? this.newId(),
      baseVersion: answer?.version ?? 0,
      editor: openEditor({ ...example, draft }, this.mode()),
      verdict: null,
      workedMs: answer?.working_ms ?? 0,
    });
  }

  /** Examples in this page and answers not yet acknowledged: the worker must not hand them out to us again. */
  private holding(): readonly string[] {
    const { hand } = this.state.get();
    const unsent = this.saver.unsent().map((answer) => answer.body.example);
    const inHand = hand && !hand.verdict ? [hand.editor.example.id] : [];
    const undone = this.undone.filter((one) => !one.verdict).map((one) => one.editor.example.id);
    return [...new Set([...inHand, ...undone, ...this.buffer.ids(), ...unsent])];
  }
}
