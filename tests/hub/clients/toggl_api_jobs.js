// npm's toggl-api 1.0.2, which speaks v8: another address is an option.
const TogglClient = require("toggl-api");
const { promisify } = require("util");

const base = process.env.BASE;
const toggl = new TogglClient({
  apiToken: process.env.TOKEN,
  apiUrl: base,
  reportsUrl: `${base}/reports/api/v2`,
});
const call = (name, ...args) => promisify(toggl[name].bind(toggl))(...args);
const check = (is, what) => {
  if (!is) throw new Error(what);
};

(async () => {
  const me = await call("getUserData", {});
  check(me.default_wid, "the user");
  const [workspace] = await call("getWorkspaces");
  const [project] = await call("getWorkspaceProjects", workspace.id, {});
  check(project.name === "Web", "the project");
  check((await call("getCurrentTimeEntry")) === null, "nothing runs");
  const started = await call("startTimeEntry", { description: "写代码", pid: project.id });
  check((await call("getCurrentTimeEntry")).id === started.id, "it runs");
  check((await call("stopTimeEntry", started.id)).duration >= 0, "it is stopped");
  const made = await call("createTimeEntry", {
    description: "one",
    start: "2026-02-13T09:00:00.641Z",
    duration: 60,
    wid: workspace.id,
    created_with: "tests",
  });
  check(made.stop === "2026-02-13T09:01:00Z", "it is made");
  const found = await call("getTimeEntries", "2026-02-13T00:00:00Z", "2026-02-14T00:00:00Z");
  check(found.length === 1, "it is listed");
  check((await call("updateTimeEntry", made.id, { description: "two" })).description === "two", "changed");
  await call("updateTimeEntriesTags", [made.id, started.id], ["t"], "add");
  check((await call("getTimeEntryData", made.id)).tags[0] === "t", "tagged");
  const tag = await call("createTag", "urgent", workspace.id);
  await call("deleteTag", tag.id);
  const client = await call("createClient", { name: "Acme", wid: workspace.id });
  await call("deleteClient", client.id);
  await call("deleteTimeEntry", made.id);
  toggl.destroy();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
