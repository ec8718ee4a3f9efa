// node console.mjs BROWSER ADDRESS KEY ROUTE SCREENSHOT
// Looks at the console as people do, in a real browser. A viewer logs in, reads the queues, has two routes drawn, and tries
// to stop ROUTE; then an admin logs in and stops it. Prints what they saw. KEY is the base64 SHA-256 of the public key that
// the gateway must show; nothing else of its certificate is asked, since a development certificate is in no browser.
import { launch } from "puppeteer-core";

const [executablePath, address, key, route, screenshot] = process.argv.slice(2);
const timeout = 180_000;
const browser = await launch({
  executablePath,
  protocolTimeout: timeout,
  args: [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    // nothing to draw with but the processor, and nobody to call outside
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    `--ignore-certificate-errors-spki-list=${key}`,
  ],
  defaultViewport: { width: 1400, height: 1000 },
});
const page = await browser.newPage();
page.setDefaultTimeout(timeout);
const row = (name) =>
  [...document.querySelectorAll("tbody tr")].find((r) =>
    [...r.cells].some((cell) => cell.dataset.label === "Name" && cell.innerText.trim() === name),
  );
await page.evaluateOnNewDocument(`window.chaparRow = ${row}`);

const logIn = async (login) => {
  await page.goto(`${address}/hawtio/login`);
  await page.type("input[name=username]", login);
  await page.type("input[name=password]", `${login}-sandbox`);
  await page.click("button[type=submit]");
  await page.waitForFunction(() => document.body.innerText.includes("messages in them"));
};

/** Within the page that is loaded already, as a click on a link would. */
const show = (path) =>
  page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/hawtio/camel/${path}`);

/**
 * Clicks this node of the tree, and then this tab of what it shows, until what the test asks for is there: a node that has
 * just been chosen may still go to the tab that it likes best.
 *
 * @returns what was there, seen in the same moment: the page may draw it again in the next
 */
const open = async (name, tab, shown, what) => {
  const find = (where, text) => [...document.querySelectorAll(where)].find((element) => element.innerText.trim() === text);
  const node = '[class*="tree-view__node-text"]';
  await page.waitForFunction(find, {}, node, name);
  await page.evaluate(`(${find})(${JSON.stringify(node)}, ${JSON.stringify(name)}).click()`);
  await page.waitForFunction(find, {}, "h1, h2", name);
  return page.waitForFunction(
    `(() => {
      const there = (${shown})(${JSON.stringify(what)});
      if (there) {
        return there;
      }
      const link = (${find})("nav a, nav button", ${JSON.stringify(tab)});
      if (link && link.getAttribute("aria-current") !== "page") {
        link.click();
      }
      return false;
    })()`,
    { polling: 500 },
  );
};

/** @returns what stands in the boxes of this route, once the expected is among them */
const draw = async (name, expected) => {
  const drawn = (text) => {
    const boxes = [...document.querySelectorAll(".react-flow__node")].map((box) => box.innerText);
    return boxes.some((box) => box.includes(text)) && boxes;
  };
  return (await open(name, "Route Diagram", drawn, expected)).jsonValue();
};

/** @returns the state that was shown, and what the gateway answered to the click */
const stop = async () => {
  await show("routes");
  await open("routes", "Routes", (name) => window.chaparRow(name), route);
  const state = await page.evaluate((name) => window.chaparRow(name).querySelector("[data-label=State]").innerText.trim(), route);
  const answer = page.waitForResponse(
    (response) => response.url().includes("/jolokia") && /"exec".*stop/.test(response.request().postData() ?? ""),
  );
  await page.evaluate((name) => window.chaparRow(name).querySelector("input").click(), route);
  await page.evaluate(() => [...document.querySelectorAll("button")].find((b) => b.innerText.trim() === "Stop").click());
  return { state, answer: [JSON.parse(await (await answer).text())].flat()[0].status };
};

try {
  await logIn("viewer");
  const queues = await page.$$eval("tbody tr", (rows) => rows.map((r) => r.cells[0].innerText.trim()));
  await show("routes");
  const drawn = [...(await draw("border-crossing", "direct:admit")), ...(await draw("admit", "ref:verify"))];
  const viewer = await stop();
  const columns = await page.$$eval("thead th", (heads) => heads.map((h) => h.innerText.trim()).filter((h) => h));

  await browser.deleteCookie(...(await browser.cookies()));
  await logIn("admin");
  console.log(JSON.stringify({ queues, drawn, columns, viewer, admin: await stop() }));
} catch (error) {
  console.log(`${error}\n${await page.evaluate(() => document.body.innerText.slice(0, 2000))}`);
  process.exitCode = 1;
} finally {
  await page.screenshot({ path: screenshot });
  await browser.close();
}
