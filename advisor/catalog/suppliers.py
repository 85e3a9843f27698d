"""How suppliers write their own names; the catalog holds the short keys of price lists. Names are not translated."""

from __future__ import annotations

SUPPLIERS = {
    "artificial_analysis": "Artificial Analysis",
    "anthropic": "Anthropic",
    "assemblyai": "AssemblyAI",
    "aws": "AWS",
    "azure": "Azure",
    "black_forest_labs": "Black Forest Labs",
    "cerebras": "Cerebras",
    "cloudflare": "Cloudflare",
    "cohere": "Cohere",
    "dashscope": "Alibaba Cloud (DashScope)",
    "deepgram": "Deepgram",
    "deepinfra": "DeepInfra",
    "deepl": "DeepL",
    "deepseek": "DeepSeek",
    "elevenlabs": "ElevenLabs",
    "fal_ai": "fal",
    "fireworks": "Fireworks AI",
    "google": "Google",
    "groq": "Groq",
    "minimax": "MiniMax",
    "mistral": "Mistral AI",
    "moonshotai": "Moonshot AI",
    "nebius": "Nebius",
    "novita": "Novita AI",
    "openai": "OpenAI",
    "openrouter": "OpenRouter",
    "ovhcloud": "OVHcloud",
    "reducto": "Reducto",
    "scaleway": "Scaleway",
    "soniox": "Soniox",
    "stability": "Stability AI",
    "tencent": "Tencent Cloud",
    "together": "Together AI",
    "tripo": "Tripo",
    "volcengine": "Volcengine",
    "x-ai": "xAI",
    "zai": "Z.ai",
}


UNNAMED_PARTIES = ("other_vendor: ", "third_party: ")


def measuring_party(name: str) -> str:
    """Who measured a score: a name, or the document it stands in where nobody is named."""
    for mark in UNNAMED_PARTIES:
        name = name.removeprefix(mark)
    return supplier(name)


def supplier(name: str | None) -> str:
    """The written name of a supplier; names the catalog already writes out stay as they are."""
    return SUPPLIERS.get(name, name) if name else ""
