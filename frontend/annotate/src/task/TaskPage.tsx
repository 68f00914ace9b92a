import {
  type InHand,
  type Label,
  labelKeys,
  settle,
  type Task,
  takesLabels,
  type Workbench,
} from "@annex/annotator-core";
import { Notice } from "@annex/ui";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useKeymap } from "../app/preferences";
import { SimulatedBanner } from "../app/SimulatedBanner";
import { useSession } from "../app/session";
import { useText } from "../i18n/text";
import { Actions, verdictWords } from "./Actions";
import { Choices, ClassifyView } from "./ClassifyView";
import { CommentsDialog } from "./CommentsDialog";
import { CompareView } from "./CompareView";
import { Conflicts } from "./Conflicts";
import { armedIn, DefinitionsDialog } from "./DefinitionsDialog";
import { FlagDialog } from "./FlagDialog";
import { HelpDialog } from "./HelpDialog";
import { InHandView, type InHandViewProps } from "./InHandView";
import { MarkView } from "./MarkView";
import { PhaseView } from "./PhaseView";
import { Refusals } from "./Refusals";
import { SidePanel } from "./SidePanel";
import { SignInOverlay } from "./SignInOverlay";
import { SwipeView } from "./SwipeView";
import styles from "./TaskPage.module.css";
import { TopBar } from "./TopBar";
import { useComments } from "./useComments";
import { type Panel, useKeyboard } from "./useKeyboard";
import { useBenchState, useSaverState, useWorkbench } from "./useWorkbench";
import { WriteView } from "./WriteView";

/** `/t/<task>`: the annotation screen; `/t/<task>/examples/<example>`: with that example first. */
export default function TaskPage({ id, example }: { id: string; example?: string | undefined }) {
  const bench = useWorkbench(id, useSession().subject, example);
  return bench ? <TaskScreen bench={bench} /> : null;
}

const NO_LABELS: readonly Label[] = [];

function TaskScreen({ bench }: { bench: Workbench }) {
  const state = useBenchState(bench);
  const { saving, conflicts, refusals } = useSaverState(bench);
  const [panel, setPanel] = useState<Panel | null>(null);
  const keymap = useKeymap();
  const text = useText().task;
  const sheet = useRef<HTMLDivElement>(null);
  const labels = state.task?.labels ?? NO_LABELS;
  const finder = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const withKeys = labelsWithKeys(state.task);
  const keys = useMemo(() => labelKeys(withKeys, keymap), [withKeys, keymap]);
  const keyboard = useMemo(
    () => ({ bench, keys, keymap, sheet, finder, field, open: setPanel }),
    [bench, keys, keymap],
  );
  useKeyboard(keyboard);
  const close = useCallback(() => setPanel(null), []);
  const { hand } = state;
  const comments = useComments(hand?.editor.example);
  useFocusOnText(sheet, field, hand);
  useTitle(state.task?.title);

  return (
    <>
      <SimulatedBanner />
      <TopBar
        task={state.task}
        saving={saving}
        onHelp={() => setPanel("help")}
        onRetry={() => void bench.saver.flush()}
      />
      <div className={styles.page}>
        <main className={styles.main}>
          <h1 className="visually-hidden">{state.task?.title ?? text.annotation}</h1>
          <Refusals
            refusals={refusals}
            onDrop={(one) => bench.saver.dropRefusal(one)}
            onChange={(one) => void bench.answerAgain(one)}
          />
          {hand && state.task?.state === "paused" ? (
            <Notice kind="warn" title={text.paused}>
              {text.pausedFinish}
            </Notice>
          ) : null}
          {hand ? (
            <HandView
              {...{ bench, hand, labels, keys, keymap, sheet, finder, field }}
              comments={comments.count}
              open={setPanel}
            />
          ) : (
            <PhaseView phase={state.phase} onLookAgain={() => void bench.lookAgain()} />
          )}
        </main>
        <SidePanel bench={bench} state={state} open={panel === "guidelines"} onClose={close} />
      </div>
      {panel === "definitions" ? (
        <DefinitionsDialog labels={labels} keys={keys} first={armedIn(hand)} onClose={close} />
      ) : null}
      {panel === "help" ? <HelpDialog keymap={keymap} labels={withKeys} onClose={close} /> : null}
      {panel === "flag" && hand ? (
        <FlagDialog bench={bench} editor={hand.editor} onClose={close} />
      ) : null}
      {panel === "comments" && hand && state.task ? (
        <CommentsDialog
          key={hand.editor.example.id}
          taskId={state.task.id}
          example={hand.editor.example.id}
          blind={state.task.blind}
          unsent={comments.unsent}
          onUnsent={comments.setUnsent}
          onCount={comments.setCount}
          onClose={close}
        />
      ) : null}
      <Conflicts
        bench={bench}
        conflicts={conflicts}
        labels={labels}
        textOf={(example) =>
          state.submitted.find((answer) => answer.example.id === example)?.example.text ?? null
        }
      />
      {state.signedOut || saving.kind === "signed-out" ? <SignInOverlay bench={bench} /> : null}
    </>
  );
}

/** Where no label is asked for, none takes a key. */
function labelsWithKeys(task: Task | null): readonly Label[] {
  return task && takesLabels(task) ? task.labels : NO_LABELS;
}

/** The example with what is asked of it, and the buttons that answer. */
function HandView({
  comments,
  open,
  ...props
}: ScreenProps & { comments: number; open: (panel: Panel) => void }) {
  const { bench, hand, keymap } = props;
  const { kind } = hand.editor.question;
  const { task } = useText();
  return (
    <SwipeView bench={bench} hand={hand}>
      <Screen {...props} />
      <div className={styles.answer}>
        {kind === "one" || kind === "any" ? <Choices {...props} /> : null}
        <Actions
          keymap={keymap}
          verdict={hand.verdict}
          words={verdictWords(kind, task)}
          isOpen={settle(hand.editor, "accept") === null}
          flagged={hand.editor.content.flagged}
          onSubmit={(verdict) => bench.submit(verdict)}
          onUndo={() => bench.undo()}
          comments={comments}
          onFlag={() => open("flag")}
          onComments={() => open("comments")}
        />
      </div>
    </SwipeView>
  );
}

type ScreenProps = InHandViewProps & { field: RefObject<HTMLTextAreaElement | null> };

/** What is asked, in its own way. */
function Screen(props: ScreenProps) {
  switch (props.hand.editor.question.kind) {
    case "marks":
      return <InHandView {...props} />;
    case "text":
      return <WriteView {...props} />;
    case "pick":
      return <CompareView {...props} />;
    case "verdict":
      return <MarkView {...props} />;
    default:
      return <ClassifyView {...props} />;
  }
}

type Focusable = { readonly current: HTMLElement | null };

/**
 * A new example takes the keyboard, unless someone is typing: to write, where that is asked. What is
 * opened again is read first, so that the key that opened it can be pressed once more.
 */
function useFocusOnText(sheet: Focusable, field: Focusable, hand: InHand | null): void {
  const answerId = hand?.answerId ?? null;
  const isNew = hand?.verdict === null;
  useEffect(() => {
    const typing = document.activeElement?.closest("dialog, input, textarea");
    const place = isNew && field.current ? field : sheet;
    if (answerId && !typing) place.current?.focus({ preventScroll: true });
    if (answerId) window.scrollTo({ top: 0 });
  }, [sheet, field, answerId, isNew]);
}

function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Annex`;
  }, [title]);
}
