"""Lists of packages: who is depended on, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.detection.seen import seen, sightings

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <dependencyManagement><dependencies><dependency>
    <groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-anthropic</artifactId>
  </dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>org.springframework.ai</groupId>
      <!-- <artifactId>spring-ai-starter-model-azure-openai</artifactId> -->
      <artifactId>spring-ai-starter-model-openai</artifactId>
    </dependency>
    <dependency><groupId>com.openai</groupId><artifactId>openai-java</artifactId></dependency>
    <dependency>
      <groupId>dev.langchain4j</groupId><artifactId>langchain4j-anthropic-spring-boot-starter</artifactId>
      <scope>test</scope>
    </dependency>
  </dependencies>
  <profiles>
    <profile>
      <dependencies><dependency>
        <groupId>dev.langchain4j</groupId><artifactId>langchain4j-azure-open-ai-spring-boot4-starter</artifactId>
      </dependency></dependencies>
    </profile>
    <profile>
      <activation><activeByDefault>true</activeByDefault></activation>
      <dependencies><dependency>
        <groupId>io.quarkiverse.langchain4j</groupId><artifactId>quarkus-langchain4j-ollama</artifactId>
      </dependency></dependencies>
    </profile>
  </profiles>
</project>
"""


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("requirements.txt", "# openai\nopenai==3.0  # groq\n-r other.txt\nopenai-whisper\n", ["2 openai-api"]),
        ("requirements/dev.in", "OpenAI[realtime] >= 1 ; python_version > '3.9'", ["1 openai-api"]),
        ("requirements-test.txt", "anthropic[bedrock]", ["1 bedrock"]),
        ("requirements.txt", "git+https://example.com/x.git#egg=groq", ["1 groq-api"]),
        ("notes.txt", "openai", []),
        (
            "pyproject.toml",
            (
                '[build-system]\nrequires = ["groq"]\n[project]\nname = "openai"\nkeywords = ["openai"]\n'
                'dependencies = [\n  "openai>=1",\n]\n[project.optional-dependencies]\nai = ["anthropic"]\n'
                '[dependency-groups]\ndev = ["groq", {include-group = "openai"}]\n'
            ),
            ["7 openai-api", "10 anthropic-api", "12 groq-api"],
        ),
        (
            "pyproject.toml",
            (
                '[tool.poetry.dependencies]\npython = "^3.10"\nopenai = "^1"\n[tool.poetry.group.dev.dependencies]\n'
                'groq = {version = "1", optional = true}\n[tool.uv]\ndev-dependencies = ["anthropic"]\n'
                "[tool.uv.sources]\nopenai = { git = 'x' }\n"
            ),
            ["3 openai-api", "5 groq-api", "7 anthropic-api"],
        ),
        ("setup.py", 'setup(name="groq", install_requires=["openai>=1"], keywords=["anthropic"])', ["1 openai-api"]),
        ("setup.py", 'REQUIREMENTS = [\n  "openai",\n]\nsetup(install_requires=REQUIREMENTS', []),
        ("setup.py", 'REQUIREMENTS = [\n  "openai",\n]\nsetup(install_requires=REQUIREMENTS)', ["2 openai-api"]),
        (
            "setup.cfg",
            (
                "[metadata]\nname = groq\nkeywords =\n  groq\n[options]\ninstall_requires =\n  openai\n  # groq\n"
                "[options.extras_require]\nai = anthropic\n"
            ),
            ["7 openai-api", "10 anthropic-api"],
        ),
        (
            "Pipfile",
            '[[source]]\nname = "groq"\n[packages]\nopenai = "*"\n[dev-packages]\ngroq = "*"\n',
            ["4 openai-api", "6 groq-api"],
        ),
        (
            "environment.yml",
            "name: openai\nchannels: [groq]\ndependencies:\n  - conda-forge::openai=1\n  - pip:\n    - anthropic\n",
            ["4 openai-api", "6 anthropic-api"],
        ),
        (
            "web/package.json",
            (
                '{\n"name": "openai",\n"dependencies": {"openai": "^6", "groq": "^5", "llm": "npm:groq-sdk@1"},\n'
                '"devDependencies": {\n"@anthropic-ai/sdk": "1"},\n"overrides": {"groq-sdk": "1"}}'
            ),
            ["3 openai-api", "3 groq-api", "5 anthropic-api"],
        ),
        ("deno.json", '{"imports": {"ai": "npm:openai@^6"}}', ["1 openai-api"]),
        ("package-lock.json", '{"dependencies": {"openai": {}}}', []),
        (
            "go.mod",
            (
                "module github.com/openai/openai-go\n\nrequire (\n\tgithub.com/openai/openai-go/v3 v3.1.0\n"
                "\tgithub.com/anthropics/anthropic-sdk-go v1.0.0 // indirect\n)\n"
                "replace github.com/anthropics/anthropic-sdk-go v1.0.0 => ../x\n"
            ),
            ["4 openai-api"],
        ),
        ("go.mod", "require github.com/openai/openai-go v1.0.0\n", ["1 openai-api"]),
        ("Gemfile", '# gem "ruby-openai"\ngem "ruby-openai", "~> 8"\ngem "ruby-openai-extra"\n', ["2 openai-api"]),
        ("x.gemspec", "  spec.add_dependency 'ruby-openai', '~> 8'\n", ["1 openai-api"]),
        (
            "Cargo.toml",
            (
                '[package]\nname = "async-openai"\n[dependencies]\nasync-openai = "1"\n[dev-dependencies]\n'
                'llm = { package = "async-openai", version = "1" }\n'
                "[target.'cfg(unix)'.dependencies]\nasync-openai = '1'\n"
                '[features]\ndefault = ["async-openai"]\n'
            ),
            ["4 openai-api", "6 openai-api", "8 openai-api"],
        ),
        (
            "a/b.csproj",
            (
                '<Project>\n<ItemGroup>\n<PackageReference Include="Azure.AI.OpenAI" Version="2" />\n'
                '<!-- <PackageReference Include="OpenAI" /> --></ItemGroup></Project>'
            ),
            ["3 azure-openai"],
        ),
        (
            "Directory.Packages.props",
            '<Project><ItemGroup><PackageVersion Include="OpenAI" /></ItemGroup></Project>',
            [],
        ),
        ("packages.config", '<packages><package id="OpenAI" version="1" /></packages>', ["1 openai-api"]),
        (
            "composer.json",
            '{"require": {"openai-php/client": "*"}, "suggest": {"openai-php/client": ""}}',
            ["1 openai-api"],
        ),
        (
            "gradle/libs.versions.toml",
            (
                '[versions]\nopenai = "1"\n[libraries]\noai = { module = "com.openai:openai-java", version = "1" }\n'
                'b = "com.openai:openai-java:1"\n'
            ),
            ["4 openai-api", "5 openai-api"],
        ),
    ],
)
def test_packages_that_are_depended_on_are_declared(path: str, text: str, expected: list[str]) -> None:
    assert seen(path, text) == [f"{one} dependency declared" for one in expected]


def test_a_starter_of_maven_makes_a_client_and_what_is_managed_does_not() -> None:
    assert seen("service/pom.xml", POM) == [
        "9 openai-api config used chat completions",
        "11 openai-api dependency declared",
        "13 anthropic-api config declared messages",
        "20 azure-openai config optional chat completions",
        "26 self-hosted config used",
    ]


def test_the_place_of_a_starter_is_that_of_its_name() -> None:
    assert sightings("pom.xml", POM)[0].place.column == 19


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'implementation "org.springframework.ai:spring-ai-starter-model-anthropic"',
            ["1 anthropic-api config used messages"],
        ),
        (
            "implementation('dev.langchain4j:langchain4j-open-ai-spring-boot-starter:1.0')",
            ["1 openai-api config used chat completions"],
        ),
        ('//  implementation "dev.langchain4j:langchain4j-open-ai-spring-boot-starter"', []),
        ('/* implementation "com.openai:openai-java:1" */', []),
        ('url "https://x.example" // com.openai:openai-java', []),
        ('mavenBom "com.openai:openai-java:1"', []),
        ('implementation platform("com.openai:openai-java:1")', []),
        ("testImplementation 'com.openai:openai-java:1'", ["1 openai-api dependency declared"]),
        ("implementation group: 'com.openai', name: 'openai-java', version: '1'", ["1 openai-api dependency declared"]),
        ("implementation(libs.spring.ai.starter.model.anthropic)", ["1 anthropic-api config used messages"]),
        ("implementation(libs.quarkus.langchain4j.ollama)", ["1 self-hosted config used"]),
        (
            "testImplementation(libs.langchain4j.anthropic.spring.boot.starter)",
            ["1 anthropic-api config declared messages"],
        ),
        ("implementation(libs.spring.boot.starter.web)", []),
    ],
)
def test_gradle_names_starters_and_packages(text: str, expected: list[str]) -> None:
    assert seen("app/build.gradle.kts", text) == expected
