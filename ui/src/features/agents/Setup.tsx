// What goes into a client's configuration, and the way to copy it. The token is put in by the host, on the way to the clipboard.

import { IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { agentQueries, asWaymarkError, type Client, commands, type Reach } from "../../ipc";
import { type Stored, stored, useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { Segments } from "../../ui/Segments";
import { Tabs } from "../../ui/Tabs";
import { tell, tellError } from "../../ui/tell";
import { Words } from "../../ui/Words";
import styles from "./agents.module.css";
import { strings } from "./strings";

const clients: readonly Client[] = ["claude-code", "claude-desktop", "cursor", "vs-code"];
const reaches: readonly Reach[] = ["stdio", "http"];
const isClient = (value: unknown): value is Client => clients.some((client) => client === value);
/** The client that was looked at last: most people have one. */
const chosen: Stored<Client> = stored("agents-client", "claude-code", isClient);

export function Setup({ url }: { url: string | null }) {
  const setups = useQuery(agentQueries.setups()).data;
  const [client, setClient] = useStored(chosen);
  const [reach, setReach] = useState<Reach>("stdio");
  const setup = setups?.find(({ stdio }) => stdio.client === client);
  const configuration = reach === "stdio" ? setup?.stdio : setup?.http;
  const copy = () =>
    void commands
      .copyConfiguration({ client, reach })
      .then(() => tell(reach === "stdio" ? strings.copied : strings.copiedWithToken))
      .catch((thrown: unknown) => tellError(asWaymarkError(thrown)));
  return (
    <section className={styles.setup} aria-labelledby="setup">
      <h2 className={styles.name} id="setup">
        {strings.setup}
      </h2>
      <Tabs
        label={strings.clients}
        value={client}
        tabs={clients.map((value) => ({ value, label: strings.names[value] }))}
        onChoose={setClient}
      />
      <Segments
        label={strings.reach}
        value={reach}
        choices={reaches.map((value) => ({ value, label: strings.reaches[value] }))}
        onChoose={setReach}
      />
      <p className={styles.text}>{strings.reachAbout[reach]}</p>
      {configuration && (
        <>
          <p className={styles.text}>
            <Words>{configuration.place}</Words>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is scrolled by keyboard. */}
          <pre className={styles.configuration} tabIndex={0} role="group" aria-label={strings.names[client]}>
            {configuration.text}
          </pre>
          <div className={styles.buttons}>
            <Button icon={IconCopy} onClick={copy}>
              {strings.copy}
            </Button>
            {reach === "http" && (
              <span className={styles.text}>
                <Words>{strings.withToken}</Words>
              </span>
            )}
          </div>
        </>
      )}
      {reach === "http" && url === null && <p className={styles.text}>{strings.needsEndpoint}</p>}
    </section>
  );
}
