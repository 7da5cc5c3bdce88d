package io.meshtrail.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One test for each kind of object that a mesh has: what a change of it reads like.
class LinesTest {
    private static List<String> lines(String before, String after) {
        return Lines.between(json(before), json(after));
    }

    private static Json json(String text) {
        try {
            return JsonReader.read(text.replace('\'', '"'));
        } catch (JsonException mistake) {
            throw new IllegalArgumentException(mistake);
        }
    }

    @Test
    void aRuleNamesWhomItLetsIn() {
        assertThat(
                        lines(
                                "{'spec':{'rules':[{'to':[]},{'from':[{'source':{'principals':['a']}}]}]}}",
                                "{'spec':{'rules':[{'to':[]},{'from':[{'source':{'principals':['a','cluster.local/ns/shop/sa/web']}}]}]}}"))
                .containsExactly("rule 2: principal cluster.local/ns/shop/sa/web added");
    }

    @Test
    void ofSeveralSourcesTheOneIsNamed() {
        assertThat(
                        lines(
                                "{'spec':{'rules':[{'from':[{'source':{'namespaces':['a']}},{'source':{'principals':['p']}}]}]}}",
                                "{'spec':{'rules':[{'from':[{'source':{'namespaces':['a']}},{'source':{'principals':['q']}}]}]}}"))
                .containsExactly("rule 1, from 2: principal p removed", "rule 1, from 2: principal q added");
    }

    @Test
    void aRuleThatGoesIsShown() {
        assertThat(lines(
                        "{'spec':{'rules':[{'to':[{'operation':{'methods':['GET']}}]},{'when':[]}]}}",
                        "{'spec':{'rules':[{'when':[]}]}}"))
                .containsExactly("rule 1 removed: {\"to\":[{\"operation\":{\"methods\":[\"GET\"]}}]}");
    }

    @Test
    void noRulesAndAnEmptyListOfRulesDiffer() {
        assertThat(lines("{'spec':{}}", "{'spec':{'rules':[]}}")).containsExactly("rules set to []");
        assertThat(lines("{'spec':{'rules':[]}}", "{'spec':{'rules':[{}]}}")).containsExactly("rule 1 added: {}");
    }

    @Test
    void aModeIsSaidWithBothValues() {
        assertThat(lines("{'spec':{'mtls':{'mode':'STRICT'}}}", "{'spec':{'mtls':{'mode':'PERMISSIVE'}}}"))
                .containsExactly("mtls.mode changed from STRICT to PERMISSIVE");
        assertThat(lines("{'spec':{}}", "{'spec':{'mtls':{'mode':'DISABLE'}}}"))
                .containsExactly("mtls.mode set to DISABLE");
        assertThat(lines("{'spec':{'portLevelMtls':{'80':{'mode':'DISABLE'}}}}", "{'spec':{}}"))
                .containsExactly("portLevelMtls.80.mode removed (was DISABLE)");
    }

    @Test
    void bindingsNameTheirSubjects() {
        assertThat(lines(
                        "{'subjects':[{'kind':'User','name':'ann'}]}",
                        "{'subjects':[{'kind':'Group','name':'ops'},{'kind':'User','name':'ann'}]}"))
                .containsExactly("subject Group ops added: {\"kind\":\"Group\",\"name\":\"ops\"}");
    }

    @Test
    void rolesNameVerbsAndResources() {
        assertThat(lines(
                        "{'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}",
                        "{'rules':[{'apiGroups':[''],'resources':['pods','secrets'],'verbs':['*']}]}"))
                .containsExactly("rule 1: resource secrets added", "rule 1: verb get removed", "rule 1: verb * added");
    }

    @Test
    void networkPoliciesNameTheirRules() {
        assertThat(lines(
                        "{'spec':{'ingress':[{'from':[{'podSelector':{}}]}]}}",
                        "{'spec':{'ingress':[{'from':[{'podSelector':{'matchLabels':{'app':'web'}}}]}]}}"))
                .containsExactly("ingress rule 1: podSelector.matchLabels.app set to web");
    }

    @Test
    void intentionsNameTheirSources() {
        assertThat(
                        lines(
                                "{'Kind':'service-intentions','Sources':[{'Name':'web','Action':'allow'}]}",
                                "{'Kind':'service-intentions','Sources':[{'Name':'*','Action':'deny'},{'Name':'web','Action':'deny'}]}"))
                .containsExactly(
                        "Source * added: {\"Name\":\"*\",\"Action\":\"deny\"}",
                        "Source web: Action changed from allow to deny");
    }

    @Test
    void routesNameTheirHosts() {
        assertThat(lines(
                        "{'spec':{'http':[{'route':[{'destination':{'host':'a'},'weight':100}]}]}}",
                        "{'spec':{'http':[{'route':[{'destination':{'host':'a'},'weight':90}]}]}}"))
                .containsExactly("http route 1, route 1: weight changed from 100 to 90");
    }

    @Test
    void labelsKeepTheirDots() {
        assertThat(lines(
                        "{'metadata':{'labels':{'istio.io/rev':'a'}}}",
                        "{'metadata':{'labels':{'istio-injection':'disabled'}}}"))
                .containsExactly("label istio.io/rev removed (was a)", "label istio-injection set to disabled");
    }

    @Test
    void anOrderThatMattersIsSaid() {
        assertThat(lines("{'hosts':['a','b']}", "{'hosts':['b','a']}")).containsExactly("order of hosts changed");
        assertThat(lines("{'rules':[{'a':'1'},{'a':'2'}]}", "{'rules':[{'a':'2'},{'a':'1'}]}"))
                .containsExactly("order of rules changed");
    }

    @Test
    void aValueCannotForgeALine() {
        assertThat(lines("{'spec':{}}", "{'spec':{'action':'DENY\\nrule 1: principal eve removed'}}"))
                .containsExactly("action set to \"DENY\\nrule 1: principal eve removed\"");
        assertThat(lines("{'spec':{}}", "{'spec':{'a\\nb':'x'}}")).containsExactly("\"a\\nb\" set to x");
        assertThat(lines("{'spec':{}}", "{'spec':{'hosts':['a added, host b']}}"))
                .containsExactly("host \"a added, host b\" added");
    }

    @Test
    void aHugeListIsCountedAndNotCompared() {
        StringBuilder many = new StringBuilder("{'hosts':['x'");
        for (int i = 0; i < 5_000; i++) {
            many.append(",'").append(i).append('\'');
        }
        String list = many.append("]}").toString();
        assertThat(lines(list, list.replace("'x'", "'y'")))
                .containsExactly("hosts changed: 5001 elements before, 5001 after");
    }
}
