// The user's side of a run that this window began: say something, stop the model, let it go on.

import { IconPlayerStop, IconSend } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { asWaymarkError, commands, keys, type WalkthroughId } from "../../ipc";
import { Button } from "../../ui/Button";
import { tellError } from "../../ui/tell";
import styles from "./agent-runs.module.css";
import type { ShownRun } from "./queries";
import { strings } from "./strings";

type SayProps = { id: WalkthroughId; run: ShownRun; title: string };

export function Say({ id, run: { summary, transcript, live }, title }: SayProps) {
  const client = useQueryClient();
  const isNew = transcript.turns.length === 0;
  const [text, setText] = useState(isNew ? strings.hello(title) : "");
  const { how } = summary.ending;
  const isOver = how === "replies_used_up" || how === "tokens_used_up";
  const run = summary.id;
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      await client.invalidateQueries({ queryKey: keys.agentRuns(id) });
      return true;
    } catch (error) {
      tellError(asWaymarkError(error));
      return false;
    }
  };
  const send = async () => {
    const said = text.trim();
    if (said === "") return;
    if (await attempt(() => commands.sayToAgent({ run, text: said }))) setText("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  if (live?.is_busy) {
    return (
      <div className={styles.say}>
        <Button icon={IconPlayerStop} onClick={() => void attempt(() => commands.stopAgentRun(run))}>
          {strings.stop}
        </Button>
      </div>
    );
  }
  if (isOver) return null;
  const isInterrupted = how === "failed" || how === "stopped";
  return (
    <form className={styles.say} onSubmit={submit}>
      <textarea
        className={styles.input}
        aria-label={strings.say}
        placeholder={strings.sayPlaceholder}
        rows={2}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      {isInterrupted && !isNew && (
        <Button onClick={() => void attempt(() => commands.sayToAgent({ run, text: null }))}>{strings.goOn}</Button>
      )}
      <Button onClick={() => void attempt(() => commands.playAgentScript({ run, script: "" }))}>
        {strings.playOn}
      </Button>
      <Button variant="primary" type="submit" icon={IconSend} disabled={text.trim() === ""}>
        {strings.send}
      </Button>
    </form>
  );
}
