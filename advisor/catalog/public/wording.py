"""Short names for the codes of the catalog. A code nobody has named is shown with its underscores removed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = Mapping[str, str | Promise]

TASKS: Labels = {
    "chat": _("Answering and conversation"),
    "writing": _("Writing"),
    "rag": _("Answering from your documents"),
    "translation": _("Translating"),
    "data_analysis": _("Working with tables and figures"),
    "code": _("Writing and checking software"),
    "agents": _("Working through several steps with programs"),
    "vision": _("Looking at pictures"),
    "ocr": _("Reading pages and scans"),
    "stt": _("Speech to text"),
    "tts": _("Text to speech"),
    "image_gen": _("Making pictures"),
    "3d_gen": _("Making 3D shapes"),
    "embedding": _("Finding the right passages"),
    "rerank": _("Putting passages in order"),
}
TASKS_SHORT: Labels = {
    "chat": _("conversation"),
    "writing": _("writing"),
    "rag": _("own documents"),
    "translation": _("translating"),
    "data_analysis": _("tables"),
    "code": _("software"),
    "agents": _("several steps"),
    "vision": _("looking at pictures"),
    "ocr": _("scans"),
    "stt": _("speech to text"),
    "tts": _("text to speech"),
    "image_gen": _("making pictures"),
    "3d_gen": _("3D shapes"),
    "embedding": _("finding passages"),
    "rerank": _("ordering passages"),
}
SIZES: Labels = {
    "under-4": _("Under 4 billion parameters"),
    "4-15": _("4 to 15 billion"),
    "15-40": _("15 to 40 billion"),
    "40-150": _("40 to 150 billion"),
    "over-150": _("150 billion and more"),
}
USES: Labels = {
    "business": _("Use it in my business"),
    "freely": _("Use it in business without conditions"),
    "standard": _("Standard open-source license only"),
}
SORTS: Labels = {
    "newest": _("Newest first"),
    "memory": _("Least memory first"),
    "largest": _("Largest first"),
    "hosted-price": _("Cheapest hosted first"),
    "downloads": _("Most downloaded first"),
    "name": _("By name"),
}
OPENNESS: Labels = {
    "fully_open_data": _("Fully open: training data disclosed"),
    "open_weights_permissive": _("Open weights, free license"),
    "open_weights_conditional": _("Open weights, license with conditions"),
    "light_open_beside_closed_flagship": _("Light models open beside a closed flagship"),
    "closed": _("Closed"),
}
LICENSE_LIGHTS: Labels = {
    "green": _("Free to use in business"),
    "amber": _("Business use with conditions"),
    "red": _("Not for this use"),
}
LICENSE_GRANTS: Labels = {
    "use_commercially": _("Use it in your business without a fee."),
    "adapt": _("Change it and train it further."),
    "redistribute": _("Pass it on, changed or not."),
    "use_under_conditions": _("Use it in your business as long as you keep to the conditions below."),
}
GRADES: Labels = {
    "measured": _("measured"),
    "independent": _("independent source"),
    "published": _("published figure"),
    "maker": _("claim of an interested party"),
    "derived": _("calculated"),
    "assumed": _("our assumption"),
    "unknown": _("no evidence"),
    "unread": _("not read again for this version"),  # what "assumed" means of a law
}
DEVICE_KINDS: Labels = {
    "consumer_gpu": _("Gaming graphics card"),
    "workstation_gpu": _("Workstation graphics card"),
    "datacenter_gpu": _("Data-center card"),
    "unified_memory_computer": _("Computer with shared memory"),
    "cpu_desktop": _("Ordinary computer without a graphics card"),
    "cpu_server": _("Server without a graphics card"),
    "cn_accelerator": _("Chinese accelerator card"),
}
RUNTIMES: Labels = {  # names of programs are not translated
    "llama_cpp": "llama.cpp",
    "ollama": "Ollama",
    "vllm": "vLLM",
    "sglang": "SGLang",
    "mlx": "MLX",
    "tensorrt_llm": "TensorRT-LLM",
    "onnx": "ONNX Runtime",
    "transformers": "Transformers",
    "ascend": "Huawei Ascend",
}
DOWNLOAD_PERIODS: Labels = {  # as the catalog writes them; others are quoted
    "30 days": _("in 30 days"),
    "cumulative": _("in all"),
    "cumulative (publisher claim)": _("in all, as the maker says"),
    "first seven months of 2026": _("in the first seven months of 2026"),
}
RUNTIME_STATES: Labels = {
    "yes": _("yes"),
    "inferred": _("probably"),
    "partial": _("in part"),
    "experimental": _("experimental"),
    "no": _("no"),
    "not_applicable": _("does not apply"),
}
MEASURERS: Labels = {
    "artificial_analysis": "Artificial Analysis",
    "derived_from_artificial_analysis": _("calculated from Artificial Analysis"),
    "vendor": _("the maker itself"),
    "other_vendor": _("another maker"),
    "arena_ai": "Arena",
    "third_party": _("somebody else"),
}
PRICE_UNITS: Labels = {
    "usd_per_1m_tokens": _("a million tokens"),
    "usd_per_audio_hour": _("an hour of speech"),
    "usd_per_1m_characters": _("a million characters"),
    "usd_per_image": _("a picture"),
    "usd_per_1000_pages": _("a thousand pages"),
    "usd_per_model": _("a 3D shape"),
}
RATES: Labels = {  # time for one unit of media.UNITS
    "audio hour": _("%(time)s for an hour of speech"),
    "page": _("%(time)s for a page"),
    "image": _("%(time)s for a picture"),
    "asset": _("%(time)s for a 3D shape"),
}
TEXT_SEEN: Labels = {
    "yes": _("the text itself was read"),
    "tag": _("only the name of the license was read"),
    "name only": _("only the name of the license was read"),
    "secondary": _("read as others describe it"),
    "sister text": _("read in the text of a sister license"),
}
LAW_TOPICS: Labels = {
    "accessibility": _("Accessibility"),
    "automated_decisions": _("Automated decisions"),
    "change_pending": _("Change on its way"),
    "change_to_ai_act": _("Change to the AI Act"),
    "data_protection": _("Data protection"),
    "data_protection_impact_assessment": _("Data protection: assessing the risk first"),
    "data_transfer": _("Sending data abroad"),
    "general": _("General rules"),
    "generative_ai_service": _("Offering AI to the public"),
    "high_risk_use": _("High-risk use"),
    "labelling_ai_content": _("Labeling what AI made"),
    "labeling_ai_content": _("Labeling what AI made"),
    "liability": _("Liability"),
    "literacy": _("Staff know-how"),
    "prohibited_use": _("Forbidden uses"),
    "role_check": _("Your role under the law"),
    "sector_rule": _("Rules for your trade"),
    "security": _("Security"),
    "transparency_to_people": _("Telling people"),
    "transparency": _("Telling people"),
}
LAW_STATUS: Labels = {
    "in_force": _("In force"),
    "adopted": _("Passed, not yet in force"),
    "proposed": _("Proposed, not law"),
    "unclear": _("Could not be confirmed"),
}
LAW_WHO: Labels = {
    "provider": _("Whoever makes or offers the system"),
    "deployer": _("Whoever uses the system"),
    "both": _("Makers and users of the system"),
}
COLLECTIONS: Labels = {
    "licenses": _("Licenses"),
    "models": _("Models"),
    "ecosystem": _("Model families"),
    "devices": _("Machines and cards"),
    "measurements": _("Measurements"),
    "software": _("Software"),
    "cloud_offers": _("Rented servers"),
    "api_prices": _("Prices of hosted services"),
    "seats": _("Prices per person"),
    "electricity": _("Electricity prices"),
    "rates": _("Rates and planning values"),
    "fx": _("Exchange rates"),
    "support_offers": _("Paid support"),
    "usage": _("Use of AI in businesses"),
    "token_facts": _("Amounts of text"),
    "job_profiles": _("Jobs"),
    "sectors": _("Trades"),
    "law_cards": _("Law cards"),
    "claims": _("Published claims"),
    "case_studies": _("Case studies"),
    "studies": _("Studies"),
}


def label(labels: Labels, code: str) -> str:
    """The name of a code, or the code in readable form."""
    found = labels.get(code)
    return str(found) if found is not None else code.replace("_", " ").replace("-", " ").strip().capitalize()
