// The local MCP endpoint: off until somebody starts it.

import { IconPlugConnected } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { agentKeys, asWaymarkError, commands, type WaymarkError } from "../../ipc";
import { type Stored, stored, useStored } from "../../lib/stored";
import { type Action, useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { Pill } from "../../ui/Pill";
import { TextField } from "../../ui/TextField";
import { tell, tellError } from "../../ui/tell";
import { Words } from "../../ui/Words";
import styles from "./agents.module.css";
import { strings } from "./strings";

/** The port as it was typed last: clients that know it need not be told a new one. */
const port: Stored<string> = stored("agents-port", "", (value): value is string => typeof value === "string");

/** 0 takes a free one; null is no port. */
function portOf(text: string): number | null {
  const plain = text.trim();
  if (plain === "") return 0;
  const value = /^\d{1,5}$/.test(plain) ? Number(plain) : 0;
  return value >= 1 && value <= 65_535 ? value : null;
}

export function EndpointCard({ url }: { url: string | null }) {
  const client = useQueryClient();
  const [typed, setTyped] = useStored(port);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<WaymarkError | null>(null);
  const { start, stop } = useMemo(() => {
    const change = async (run: () => Promise<unknown>) => {
      setIsBusy(true);
      setError(null);
      try {
        await run();
      } catch (thrown) {
        setError(asWaymarkError(thrown));
      }
      await client.invalidateQueries({ queryKey: agentKeys.endpoint });
      setIsBusy(false);
    };
    return {
      start: () => {
        const wanted = portOf(port.read());
        if (wanted !== null) void change(() => commands.startEndpoint(wanted));
      },
      stop: () => void change(commands.stopEndpoint),
    };
  }, [client]);
  useActions(
    useMemo<Action[]>(
      () => [
        url === null
          ? { id: "start-endpoint", label: strings.start, run: start }
          : { id: "stop-endpoint", label: strings.stop, run: stop },
      ],
      [url, start, stop],
    ),
  );
  const copyToken = () =>
    void commands
      .copyEndpointToken()
      .then(() => tell(strings.tokenCopied))
      .catch((thrown: unknown) => tellError(asWaymarkError(thrown)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start();
  };
  const problem = portOf(typed) === null ? strings.noPort : null;
  return (
    <section className={styles.card} aria-labelledby="endpoint">
      <IconPlugConnected size={20} stroke={1.75} aria-hidden />
      <div className={styles.facts}>
        <h2 className={styles.name} id="endpoint">
          {strings.endpoint}
          <Pill tone={url ? "accent" : "neutral"}>{url ? strings.on : strings.off}</Pill>
        </h2>
        {url && <code className={styles.address}>{url}</code>}
        <p className={styles.text}>
          <Words>{url ? strings.onAbout : strings.offAbout}</Words>
        </p>
        {url ? (
          <div className={styles.buttons}>
            <Button onClick={copyToken}>{strings.copyToken}</Button>
            <Button disabled={isBusy} onClick={stop}>
              {strings.stop}
            </Button>
          </div>
        ) : (
          <form className={styles.start} onSubmit={submit} noValidate>
            <TextField
              label={strings.port}
              hint={strings.portHint}
              inputMode="numeric"
              value={typed}
              problem={problem}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button type="submit" variant="primary" disabled={isBusy || problem !== null}>
              {isBusy ? strings.starting : strings.start}
            </Button>
          </form>
        )}
        {error && (
          <p className={styles.problem} role="alert">
            <Words>{[error.message, error.hint].filter(Boolean).join(" ")}</Words>
          </p>
        )}
      </div>
    </section>
  );
}
