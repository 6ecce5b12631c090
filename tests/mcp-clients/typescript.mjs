// Reads walkthroughs to their end with the TypeScript SDK, which also checks each answer against the tool's declared
// output schema, and prints {title: [text of step 1, …, outcome at the end]}.
//
//   typescript.mjs SDK '{"mode", "titles", "command" | "url", "headers"}'

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [sdk, request] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(sdk, "dist", file)).href);
const { Client, StreamableHTTPClientTransport } = await load("index.mjs");
const { StdioClientTransport } = await load("stdio.mjs");

const { mode, titles, command, url, headers } = JSON.parse(request);
const transport = command
  ? new StdioClientTransport({ command: command[0], args: command.slice(1), env: process.env })
  : new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
const client = new Client(
  { name: "waymark-test", version: "1" },
  { versionNegotiation: { mode: mode === "legacy" ? "legacy" : { pin: mode } } },
);
await client.connect(transport);
// The client checks structured content only of tools that it has seen listed.
await client.listTools();

const read = {};
for (const title of titles) {
  let result = await client.callTool({ name: "start_walkthrough", arguments: { name: title, restart: true } });
  const { visit } = result.structuredContent;
  const texts = [];
  while (result.structuredContent.outcome === "step") {
    texts.push(result.content[0].text);
    const currentStepId = result.structuredContent.step.id;
    result = await client.callTool({ name: "get_next_step", arguments: { currentStepId, visit } });
  }
  read[title] = [...texts, result.structuredContent.outcome];
}
await client.close();
// A pipe takes 64 KB at once: the process ends when all of it is read.
process.stdout.write(JSON.stringify(read), () => process.exit(0));
