package io.chapar.scenario;

import io.chapar.sandbox.agency.Content;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document that is written in JSON. */
final class JsonPaper implements Paper {

    private final Map<String, Object> root;

    JsonPaper(byte[] sample) throws Malformed {
        this.root = HardenedJson.parse(sample);
    }

    @Override
    public Content content() {
        return Content.of(root);
    }

    @Override
    public void put(String pointer, Object value) {
        List<Content.Step> steps = Content.Step.of(pointer);
        Content.Step last = steps.get(steps.size() - 1);
        parent(steps).put(last.name(), value instanceof Integer number ? Long.valueOf(number) : value);
    }

    @Override
    public void remove(String pointer) {
        List<Content.Step> steps = Content.Step.of(pointer);
        if (parent(steps).remove(steps.get(steps.size() - 1).name()) == null) {
            throw new IllegalArgumentException("there is no " + pointer + " that could be removed");
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> parent(List<Content.Step> steps) {
        Map<String, Object> at = root;
        for (Content.Step step : steps.subList(0, steps.size() - 1)) {
            Object next = at.computeIfAbsent(step.name(), name -> new LinkedHashMap<String, Object>());
            at = (Map<String, Object>) (next instanceof List<?> list ? list.get(step.place()) : next);
        }
        return at;
    }

    @Override
    public byte[] bytes() {
        return HardenedJson.write(root);
    }
}
