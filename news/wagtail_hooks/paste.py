"""What remains of a text that is pasted from a word processor."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import PluginFeature
from wagtail.rich_text.feature_registry import FeatureRegistry


@hooks.register("register_rich_text_features")
def clean_paste(features: FeatureRegistry) -> None:
    """Words, headings, lists and links stay: see `clean-paste.js`."""
    plugin = PluginFeature({"type": "clean-paste"}, js=["news/js/clean-paste.js"])
    features.register_editor_plugin("draftail", "clean-paste", plugin)
