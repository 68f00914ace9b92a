import { type Comment, TaskApi } from "@annex/annotator-core";
import { Button, controlClass, Field } from "@annex/ui";
import { type FormEvent, type KeyboardEvent, useCallback, useEffect, useState } from "react";
import { Dialog } from "../app/Dialog";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Failed, Loading } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import styles from "./CommentsDialog.module.css";

const COMMENT_LENGTH = 2000;

export interface CommentsDialogProps {
  taskId: string;
  example: string;
  blind: boolean;
  /** What was written here before and not sent. */
  unsent: string;
  onUnsent: (words: string) => void;
  onCount: (count: number) => void;
  onClose: () => void;
}

/** What people say to each other about an example, and one's own word on it. */
export function CommentsDialog(props: CommentsDialogProps) {
  const { taskId, example, blind, unsent, onUnsent, onCount, onClose } = props;
  const { task } = useText();
  const api = useCallback(() => new TaskApi(http, taskId), [taskId]);
  const load = useCallback(() => api().comments(example), [api, example]);
  const { state, reload, put } = useLoaded(load);
  const comments = state.kind === "ready" ? state.value.comments : null;
  useEffect(() => {
    if (comments) onCount(comments.length);
  }, [comments, onCount]);
  const remove = async (id: string) => {
    await api().deleteComment(example, id);
    reload();
  };
  return (
    <Dialog title={task.comments} onClose={onClose}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {comments?.length === 0 ? <p>{task.noComments}</p> : null}
      {comments ? <CommentList comments={comments} onDelete={remove} /> : null}
      <CommentForm
        hint={blind ? task.commentHintBlind : task.commentHint}
        unsent={unsent}
        onUnsent={onUnsent}
        onSend={async (id, words) => put(await api().addComment(example, id, words))}
      />
    </Dialog>
  );
}

interface CommentListProps {
  comments: readonly Comment[];
  onDelete: (id: string) => Promise<void>;
}

function CommentList({ comments, onDelete }: CommentListProps) {
  const text = useText();
  const { problem, attempt } = useAttempt();
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      <ul className={styles.list} aria-live="polite">
        {comments.map((comment) => (
          <li key={comment.id}>
            <div className={styles.head}>
              <bdi>{comment.author || text.task.someone}</bdi>
              <time dateTime={comment.created_at}>{text.format.moment(comment.created_at)}</time>
              {comment.mine ? (
                <Button look="quiet" small onClick={() => void attempt(() => onDelete(comment.id))}>
                  {text.task.deleteComment}
                </Button>
              ) : null}
            </div>
            <p dir="auto" translate="no">
              {comment.text}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

interface CommentFormProps {
  hint: string;
  unsent: string;
  onUnsent: (words: string) => void;
  onSend: (id: string, words: string) => Promise<void>;
}

function CommentForm({ hint, unsent, onUnsent, onSend }: CommentFormProps) {
  const { task } = useText();
  // Other words are another comment; the same ones sent again after a lost answer are not.
  const [draft, setDraft] = useState(() => draftOf(unsent));
  const { problem, attempt } = useAttempt();
  const change = (words: string) => {
    setDraft(draftOf(words));
    onUnsent(words);
  };
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (!draft.words.trim()) return;
    void attempt(async () => {
      await onSend(draft.id, draft.words);
      change("");
    });
  };
  return (
    <form onSubmit={send}>
      {problem ? <Failed problem={problem} /> : null}
      <Field label={task.addComment} hint={hint}>
        {(control) => (
          <textarea
            {...control}
            className={controlClass}
            rows={3}
            value={draft.words}
            maxLength={COMMENT_LENGTH}
            spellCheck={false}
            autoComplete="off"
            translate="no"
            dir="auto"
            onChange={(event) => change(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
                send(event);
              }
            }}
          />
        )}
      </Field>
      <Button
        look="primary"
        className={styles.send ?? ""}
        small
        type="submit"
        shortcut="Enter"
        disabled={!draft.words.trim()}
      >
        {task.sendComment}
      </Button>
    </form>
  );
}

function draftOf(words: string) {
  return { id: crypto.randomUUID(), words };
}

/** One thing at a time; what goes wrong is said, and nothing that was typed is lost. */
function useAttempt() {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const attempt = async (work: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => setProblem(explain(error, text)));
    setBusy(false);
  };
  return { problem, attempt };
}
