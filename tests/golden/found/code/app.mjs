// Calls of everything that a report could be broken by.
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";

const client = new OpenAI();
await client.responses.create({ model: "gpt-5.2-%0A::error::-<b>", store: true });
await client.files.create({ file });
const old = new Anthropic(); // vendorgate: ignore anthropic-api until 2026-12-31: <b>bold</b> | ]]> %0A ::error:: @everyone
await old.messages.create({ model: "claude-sonnet-4-5" }); // vendorgate: ignore <b>bold</b>|]]>%0A until 2026-12-31: never
