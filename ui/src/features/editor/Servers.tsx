// Which MCP servers offer the walkthrough, in which place, and whether learners see it there.

import { IconX } from "@tabler/icons-react";
import { useQueries, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { type Assignment, queries, type ServerInfo } from "../../ipc";
import { Button, IconButton } from "../../ui/Button";
import { Switch } from "../../ui/Switch";
import { attempt } from "./actions";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { strings } from "./strings";
import { assignServer } from "./structure";

export function Servers() {
  const { walkthrough } = useEditor();
  const { assignments } = walkthrough;
  const known = useKnownServers();
  const free = known.filter(({ slug }) => !assignments.some(({ server }) => server === slug));
  return (
    <section>
      <h2 className={styles.section}>{strings.servers}</h2>
      <p className={styles.about}>{assignments.length === 0 ? strings.noServers : strings.serversAbout}</p>
      {assignments.map((assignment) => {
        const name = known.find(({ slug }) => slug === assignment.server)?.name;
        return <Server key={assignment.server} assignment={assignment} name={name} />;
      })}
      <AddServer free={free} />
    </section>
  );
}

function useKnownServers(): ServerInfo[] {
  const connections = useQuery(queries.connections()).data ?? [];
  const answers = useQueries({ queries: connections.map(({ id }) => queries.servers(id)) });
  const servers = new Map(answers.flatMap(({ data }) => data ?? []).map((server) => [server.slug, server]));
  return [...servers.values()].sort((a, b) => a.slug.localeCompare(b.slug));
}

function Server({ assignment, name }: { assignment: Assignment; name: string | undefined }) {
  const { session } = useEditor();
  const { server, display_order, is_enabled } = assignment;
  const assign = (change: Partial<Assignment>) =>
    attempt(() => assignServer(session, { server, display_order, is_enabled, ...change }));
  const place = (text: string) => {
    const value = Number(text);
    if (text !== "" && Number.isSafeInteger(value) && value !== display_order) assign({ display_order: value });
  };
  return (
    <div className={styles.server}>
      <Switch label={strings.enabledOn(server)} isOn={is_enabled} onSwitch={(value) => assign({ is_enabled: value })} />
      <span className={styles.name} title={server}>
        {name ?? server}
        {name && <span>{server}</span>}
      </span>
      <label className={styles.place}>
        <span aria-hidden>{strings.place}</span>
        <input
          key={display_order}
          type="number"
          min={0}
          aria-label={strings.orderOn(server)}
          defaultValue={display_order}
          onBlur={(event) => place(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && place(event.currentTarget.value)}
        />
      </label>
      <IconButton
        label={strings.unassign(server)}
        icon={IconX}
        onClick={() => attempt(() => session.edit({ edit: "unassign", server }))}
      />
    </div>
  );
}

/** Servers that are known can be chosen; others can be named before any connection exists. */
function AddServer({ free }: { free: readonly ServerInfo[] }) {
  const { session } = useEditor();
  const [slug, setSlug] = useState("");
  const id = useId();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const server = slug.trim();
    if (server === "") return;
    attempt(() => assignServer(session, { server, display_order: null, is_enabled: true }).then(() => setSlug("")));
  };
  return (
    <form className={styles.add} onSubmit={add}>
      <input
        aria-label={strings.serverSlug}
        placeholder={strings.serverSlug}
        list={id}
        value={slug}
        onChange={(event) => setSlug(event.target.value)}
      />
      <datalist id={id}>
        {free.map((server) => (
          <option key={server.slug} value={server.slug}>
            {server.name}
          </option>
        ))}
      </datalist>
      <Button type="submit" disabled={slug.trim() === ""}>
        {strings.assign}
      </Button>
    </form>
  );
}
