import { IconFlask } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, keys, queries } from "../../ipc";
import { Button } from "../../ui/Button";
import { Pill } from "../../ui/Pill";
import { tell, tellError } from "../../ui/tell";
import { Words } from "../../ui/Words";
import styles from "./connections.module.css";
import { strings } from "./strings";

/** Everything can be tried with no production at hand: one click starts a private database and selects it. */
export function SandboxCard() {
  const client = useQueryClient();
  const status = useQuery(queries.sandbox()).data;
  const [isBusy, setIsBusy] = useState(false);
  const change = async (run: () => Promise<unknown>, done: string) => {
    setIsBusy(true);
    try {
      await run();
      tell(done);
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await Promise.all([keys.sandbox, keys.connections].map((queryKey) => client.invalidateQueries({ queryKey })));
    setIsBusy(false);
  };
  const isRunning = status?.is_running ?? false;
  const { problem } = status ?? { problem: null };
  return (
    <section className={styles.sandbox} aria-labelledby="sandbox">
      <IconFlask size={20} stroke={1.75} aria-hidden />
      <div className={styles.facts}>
        <h2 className={styles.name} id="sandbox">
          {strings.sandboxTry}
          {status && (isRunning || status.is_made) && (
            <Pill tone={isRunning ? "accent" : "neutral"}>
              {isRunning ? strings.sandboxRunning : strings.sandboxStopped}
            </Pill>
          )}
        </h2>
        <p className={styles.text}>{strings.sandboxAbout}</p>
        {problem && (
          <p className={styles.problem}>
            <Words>{[problem.message, problem.hint].filter(Boolean).join(" ")}</Words>
          </p>
        )}
      </div>
      {isRunning ? (
        <Button disabled={isBusy} onClick={() => void change(commands.sandboxDown, strings.sandboxDown)}>
          {strings.sandboxStop}
        </Button>
      ) : (
        <Button disabled={isBusy || !status} onClick={() => void change(commands.sandboxUp, strings.sandboxUp)}>
          {isBusy ? strings.sandboxStarting : strings.sandboxStart}
        </Button>
      )}
    </section>
  );
}
