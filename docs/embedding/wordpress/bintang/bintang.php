<?php
/**
 * Plugin Name: Bintang
 * Description: Gives village products their stars within a page: [bintang rubric="food"].
 * Version: 0.1.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 *
 * For sites whose editors may not write scripts and elements of their own. Where the app is, and where finished
 * assessments go, is set by an administrator (Settings, Bintang): an editor chooses neither.
 */

if (!defined('ABSPATH')) {
    exit;
}

/** What an editor may say, and what it must look like. */
const BINTANG_ATTRIBUTES = [
    'rubric' => '/^[a-z0-9-]{1,64}$/',
    'mode' => '/^(inline|frame|link)$/',
    'lang' => '/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/',
    'theme' => '/^(auto|light|sun|dark)$/',
    'name' => '/^[a-z0-9-]{1,64}$/',
];

/** A setting: a constant of wp-config.php (BINTANG_APP, BINTANG_ENDPOINT …) where there is one. */
function bintang_setting(string $name, string $unset = ''): string
{
    $constant = strtoupper($name);
    return defined($constant) ? (string) constant($constant) : (string) get_option($name, $unset);
}

/** The address of embed.js, and its sum where the name carries a version; null while nobody has set it. */
function bintang_script(): ?array
{
    $app = trailingslashit(bintang_setting('bintang_app'));
    if (!preg_match('#^https://|^http://(localhost|127\.0\.0\.1)[:/]#', $app)) {
        return null;
    }
    $file = bintang_setting('bintang_file', 'embed.js');
    return [$app . (preg_match('/^embed(-[0-9a-f]{16})?\.js$/', $file) ? $file : 'embed.js'), bintang_setting('bintang_integrity')];
}

add_shortcode('bintang', function ($given): string {
    if (bintang_script() === null) {
        return current_user_can('edit_posts') ? '<p>Bintang: the app is not set yet (Settings, Bintang).</p>' : '';
    }
    $given = is_array($given) ? $given : [];
    $element = '<bintang-scorer';
    foreach (BINTANG_ATTRIBUTES as $name => $fits) {
        if (isset($given[$name]) && preg_match($fits, $given[$name])) {
            $element .= ' ' . $name . '="' . esc_attr($given[$name]) . '"';
        }
    }
    $endpoint = bintang_setting('bintang_endpoint');
    if ($endpoint !== '') {
        $element .= ' endpoint="' . esc_url($endpoint) . '"';
    }
    // [bintang self-assessment] has the word as a value.
    if (isset($given['self-assessment']) || in_array('self-assessment', $given, true)) {
        $element .= ' self-assessment';
    }
    wp_enqueue_script('bintang', bintang_script()[0], [], null, true);
    return $element . '></bintang-scorer>';
});

add_filter('script_loader_tag', function (string $tag, string $handle): string {
    if ($handle !== 'bintang') {
        return $tag;
    }
    [$address, $integrity] = bintang_script();
    $sum = $integrity === '' ? '' : ' integrity="' . esc_attr($integrity) . '" crossorigin="anonymous"';
    return '<script type="module" src="' . esc_url($address) . '"' . $sum . "></script>\n";
}, 10, 2);

add_action('admin_init', function (): void {
    $fields = [
        'bintang_app' => ['Where the app is', 'esc_url_raw', 'https://bintang.example.id/'],
        'bintang_file' => ['The script', 'sanitize_file_name', 'embed.js, or the name in embed.json beside the app'],
        'bintang_integrity' => ['Its sum', 'sanitize_text_field', 'from embed.json; empty for embed.js'],
        'bintang_endpoint' => ['Where finished assessments go', 'esc_url_raw', 'empty: they stay in the browser until one is set here'],
    ];
    add_settings_section('bintang', '', '__return_null', 'bintang');
    foreach ($fields as $name => [$label, $clean, $hint]) {
        register_setting('bintang', $name, ['type' => 'string', 'sanitize_callback' => $clean]);
        add_settings_field($name, $label, function () use ($name, $hint): void {
            printf('<input class="regular-text" name="%1$s" id="%1$s" value="%2$s"><p class="description">%3$s</p>', esc_attr($name), esc_attr((string) get_option($name, '')), esc_html($hint));
        }, 'bintang', 'bintang', ['label_for' => $name]);
    }
});

// The app's script runs for every visitor: whoever may not write scripts may not choose it. On sites where nobody may,
// the constants say it.
add_filter('option_page_capability_bintang', fn (): string => 'unfiltered_html');

add_action('admin_menu', function (): void {
    add_options_page('Bintang', 'Bintang', 'unfiltered_html', 'bintang', function (): void {
        echo '<div class="wrap"><h1>Bintang</h1><form method="post" action="options.php">';
        settings_fields('bintang');
        do_settings_sections('bintang');
        submit_button();
        echo '</form></div>';
    });
});
